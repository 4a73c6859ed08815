import type { Instant } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import { isOutOfService, isReady } from '../../kinds/rules/out-of-service.ts';
import { ATTACHMENT_RESOURCE } from '../../kinds/rules/volume-attachment.ts';
import { volumeKey } from '../../kinds/rules/volume-binding.ts';
import { silenceKey } from '../../kinds/shared/node-fault.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { type Attachment, attachedName, forgetAttaching } from './attach.ts';

/** Models DefaultReconcilerMaxWaitForUnmountDuration. */
const FORCED_AFTER_MS = 360_000;
const memory = (attachment: Attachment): string => `detach/${attachment.metadata.name}`;

/** Nobody can say whether the volume is still mounted there. */
function isUnsure({ view }: Reconcile, nodeName: string): boolean {
  const node = view.get(`core/nodes//${nodeName}`) as NodeObject | undefined;
  return node !== undefined && !isOutOfService(node) && (!isReady(node) || view.runtime(silenceKey(nodeName)) !== undefined);
}

/** Nobody on the node uses the volume any more; the instant at which it is detached, if that is still to come. */
export function detach(context: Reconcile, attachment: Attachment): Instant | undefined {
  const { api, view, now } = context;
  const askedAt = view.runtime<Instant>(memory(attachment));
  if (attachment.status?.attached && isUnsure(context, attachment.spec.nodeName) && now < (askedAt ?? now) + FORCED_AFTER_MS) {
    if (askedAt === undefined) api.setRuntime(memory(attachment), now);
    return (askedAt ?? now) + FORCED_AFTER_MS;
  }
  keep(context, attachment);
  remove(context, attachment);
  return undefined;
}

/** The volume is in use after all, or gone from the node. */
export function keep({ api, view }: Reconcile, attachment: Attachment): void {
  if (view.runtime(memory(attachment)) !== undefined) api.setRuntime(memory(attachment), undefined);
}

function remove(context: Reconcile, attachment: Attachment): void {
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
