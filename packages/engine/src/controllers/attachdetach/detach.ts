import { objectKey } from '../../core/key.ts';
import { ATTACHMENT_RESOURCE } from '../../kinds/rules/volume-attachment.ts';
import { volumeKey } from '../../kinds/rules/volume-binding.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { type Attachment, attachedName, forgetAttaching } from './attach.ts';

/** Nobody on the node uses the volume any more. */
export function detach(context: Reconcile, attachment: Attachment): void {
  const { api, view } = context;
  const { nodeName, source } = attachment.spec;
  const volume = view.get(volumeKey(source.persistentVolumeName as string));
  const node = view.get(`core/nodes//${nodeName}`) as NodeObject | undefined;
  api.delete(objectKey(ATTACHMENT_RESOURCE, '', attachment.metadata.name as string));
  forgetAttaching(context, source.persistentVolumeName as string, nodeName);
  const known = node?.status?.volumesAttached;
  if (!node || !known || !volume) return;
  const left = known.filter(({ name }) => name !== attachedName(volume));
  if (left.length === known.length) return;
  const { volumesAttached: _attached, ...status } = node.status ?? {};
  api.updateStatus({ ...node, status: left.length > 0 ? { ...status, volumesAttached: left } : status });
}
