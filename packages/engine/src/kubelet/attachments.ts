import { attachmentKey } from '../kinds/rules/volume-attachment.ts';
import { claimKey, claimNamesOf, volumeKey } from '../kinds/rules/volume-binding.ts';
import type { PodSync } from './sync.ts';

/** Disks are mounted once they are attached to the node. Models WaitForAttachAndMount in pkg/kubelet/volumemanager. */
export function awaitsAttachment(sync: PodSync): boolean {
  const { pod, view, node } = sync;
  let waits = false;
  for (const name of claimNamesOf(pod)) {
    const volumeName = view.get(claimKey(pod.metadata.namespace as string, name))?.spec.volumeName;
    const volume = volumeName === undefined ? undefined : view.get(volumeKey(volumeName));
    if (!volume?.spec.csi || view.get(attachmentKey(volume, node.name))?.status?.attached) continue;
    sync.await(attachmentKey(volume, node.name));
    waits = true;
  }
  return waits;
}
