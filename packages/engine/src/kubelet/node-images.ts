import type { View } from '../core/txn.ts';
import type { NodeObject } from '../kinds/shared/pod.ts';
import type { Api } from '../machinery/controller.ts';
import { imageKey } from './keys.ts';

/** Models the kubelet's --node-status-max-images. */
const IMAGES_MAX = 50;

/** Reports the images of a node, the largest first. Models the Images setter of pkg/kubelet/nodestatus. */
export function reportImages(view: View, api: Api, nodeName: string): void {
  const node = view.get(`core/nodes//${nodeName}`) as NodeObject | undefined;
  if (!node) return;
  const prefix = imageKey(nodeName, '');
  const images = view.runtimeKeys(prefix).map((key) => {
    const { id, bytes } = view.runtime<{ id: string; bytes: number }>(key) as { id: string; bytes: number };
    const name = key.slice(prefix.length);
    return { names: name.includes('@') ? [id] : [id, name], sizeBytes: bytes };
  });
  images.sort((a, b) => b.sizeBytes - a.sizeBytes);
  api.updateStatus({ ...node, status: { ...node.status, images: images.slice(0, IMAGES_MAX) } });
}
