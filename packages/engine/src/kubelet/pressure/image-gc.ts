import type { PodObject } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { imageKey } from '../keys.ts';
import { reportImages } from '../node-images.ts';

/** Removes the images of a node that no container of it uses. Models DeleteUnusedImages in pkg/kubelet/images. */
export function collectImages({ view, api }: Reconcile, node: string): boolean {
  const prefix = imageKey(node, '');
  const used = new Set((view.indexed('core/pods', 'node', node) as PodObject[]).flatMap(imagesOf));
  const unused = view.runtimeKeys(prefix).filter((key) => !used.has(key.slice(prefix.length)));
  for (const key of unused) api.setRuntime(key, undefined);
  if (unused.length > 0) reportImages(view, api, node);
  return unused.length > 0;
}

const imagesOf = ({ status }: PodObject): string[] =>
  [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])].map((s) => s.image);
