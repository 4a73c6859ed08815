import type { ClusterEvent } from '../core/event.ts';
import { isFinishedPod, isResizing, type NodeObject, type PodObject } from '../kinds/shared/pod.ts';
import type { Change, Plugin } from './framework.ts';

/** What an event of a node means to pods that wait. */
export function nodeChanges(event: ClusterEvent): Change[] {
  if (event.type === 'DELETED') return ['node-removed'];
  const after = event.stored.object as NodeObject;
  const before = event.previous?.object as NodeObject | undefined;
  if (!before) return ['node-added'];
  const changes: Change[] = [];
  if (before.metadata.labels !== after.metadata.labels) changes.push('node-labels');
  if (before.spec !== after.spec && (differs(before.spec?.taints, after.spec?.taints) || before.spec?.unschedulable !== after.spec?.unschedulable))
    changes.push('node-taints');
  if (before.status !== after.status && differs(before.status?.allocatable, after.status?.allocatable)) changes.push('node-allocatable');
  return changes;
}

const differs = (a: unknown, b: unknown): boolean => a !== b && JSON.stringify(a) !== JSON.stringify(b);

/** What an event of a pod that has a node means to pods that wait. */
export function podChanges(event: ClusterEvent): Change[] {
  const after = event.stored.object as PodObject;
  const before = event.previous?.object as PodObject | undefined;
  if (!after.spec.nodeName) return [];
  if (event.type === 'DELETED') return isFinishedPod(after) ? [] : ['pod-removed'];
  if (isFinishedPod(after)) return before && !isFinishedPod(before) ? ['pod-removed'] : [];
  if (!before?.spec.nodeName) return ['pod-added'];
  if (before.metadata.labels !== after.metadata.labels) return ['pod-labels'];
  return before.spec !== after.spec || holdsLess(before, after) ? ['pod-removed'] : [];
}

/** What a pod holds can become less where a resize begins, ends or is given up. */
const holdsLess = (before: PodObject, after: PodObject): boolean =>
  before.status?.conditions !== after.status?.conditions && (isResizing(before) || isResizing(after));

/** Whether any of the plugins that refused a pod could think again. */
export function mayHelp(changes: readonly Change[], rejectedBy: readonly string[], plugins: readonly Plugin[]): boolean {
  if (rejectedBy.length === 0) return changes.length > 0;
  return plugins.some((plugin) => rejectedBy.includes(plugin.name) && changes.some((change) => plugin.helpedBy?.includes(change)));
}
