import { hexOf } from '../../core/chance.ts';
import { type ObjectKey, objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';

export const ATTACHMENT_RESOURCE = 'storage.k8s.io/volumeattachments';

/** Models getAttachmentName in pkg/volume/csi: one name for a volume on a node. */
export function attachmentName(volume: KubeObject, node: string): string {
  const { driver, volumeHandle } = volume.spec.csi;
  const identity = `${volumeHandle}\u0000${driver}\u0000${node}`;
  return `csi-${hexOf(identity, 8)}`;
}

export const attachmentKey = (volume: KubeObject, node: string): ObjectKey => objectKey(ATTACHMENT_RESOURCE, '', attachmentName(volume, node));
