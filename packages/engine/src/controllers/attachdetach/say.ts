import { objectKey } from '../../core/key.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';

/** A refusal is told when it begins, not at each attempt. */
export function sayOnceOf({ view, record }: Reconcile, pod: PodObject, reason: string, message: string): void {
  const { namespace, uid } = pod.metadata;
  const told = view
    .list('core/events', namespace)
    .some((event) => event.involvedObject?.uid === uid && event.reason === reason && event.message === message);
  if (!told && view.stored(objectKey('core/pods', namespace, pod.metadata.name as string))) record(pod, 'Warning', reason, message);
}
