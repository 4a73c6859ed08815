import type { ClusterEvent } from '../../core/event.ts';
import { mapped, owned, type Watch } from '../../machinery/controller.ts';
import { type KindName, PODS, type Pod } from './objects.ts';
import { podCondition } from './pods.ts';

/** As `self`, but a controller's own report of status, after which there is nothing new to see, does not wake it. */
export const selfButOwnReports = (kind: KindName, component: string): Watch =>
  mapped(kind, (event) => {
    const report =
      event.type === 'MODIFIED' &&
      event.actor === component &&
      event.previous?.object.metadata.generation === event.stored.object.metadata.generation;
    return report ? [] : [event.key];
  });

/** Whether an event changed anything about a pod that sets of pods look at. */
function concernsSet({ type, stored, previous }: ClusterEvent): boolean {
  if (type !== 'MODIFIED' || !previous) return true;
  const [after, before] = [stored.object, previous.object] as unknown as [Pod, Pod];
  const { metadata: a, status: s } = after;
  const { metadata: b, status: t } = before;
  if (a.labels !== b.labels || a.ownerReferences !== b.ownerReferences || a.deletionTimestamp !== b.deletionTimestamp) return true;
  if (after.spec !== before.spec) return true;
  if (s === t) return false;
  const [ready, wasReady] = [podCondition(after, 'Ready'), podCondition(before, 'Ready')];
  return s?.phase !== t?.phase || ready?.status !== wasReady?.status || ready?.lastTransitionTime !== wasReady?.lastTransitionTime;
}

/** Pods of a set wake it; how their containers are does not matter to it. */
export function ownPods(by: KindName): Watch {
  const { resource, keys } = owned(PODS, by);
  return { resource, keys: (event, view, registry) => (concernsSet(event) ? keys(event, view, registry) : []) };
}
