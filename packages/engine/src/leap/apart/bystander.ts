import type { ClusterEvent } from '../../core/event.ts';
import type { Txn } from '../../core/txn.ts';
import { isFinishedPod, type PodObject } from '../../kinds/shared/pod.ts';
import { OTHERS, taskOfEvent } from './diary.ts';
import type { Group } from './group.ts';
import { weightOf } from './independence.ts';

/** What may be written while a group is away without it making a difference to the group, or the group to it. */
const HARMLESS = ['core/events/', 'core/endpoints/', 'discovery.k8s.io/endpointslices/', 'apps/', 'batch/', 'autoscaling/', 'policy/'];

/** Whether a write concerns a group whose rounds are left out: what it does, or on what it depends. */
export function concerns(group: Group, txn: Txn, event: ClusterEvent): boolean {
  const task = taskOfEvent(event);
  if (group.tasks.has(task)) return true;
  if (!event.key.startsWith('core/pods/')) return !HARMLESS.some((prefix) => event.key.startsWith(prefix));
  const pod = event.stored.object as PodObject;
  if (pod.status?.podIP && group.addresses.has(pod.status.podIP)) return true;
  if (task === OTHERS) return changesRoom(event);
  return event.type === 'ADDED' && (group.isHeavy || !isLight(txn, task));
}

function isLight(txn: Txn, task: string): boolean {
  const cronJob = txn.get(`batch/cronjobs/${task}`);
  return cronJob !== undefined && weightOf(cronJob) === 'light';
}

/** Whether there is more or less room on a node than before. */
function changesRoom({ type, stored, previous }: ClusterEvent): boolean {
  const pod = stored.object as PodObject;
  if (type === 'ADDED') return true;
  const before = previous?.object as PodObject;
  if (type === 'DELETED') return !isFinishedPod(before);
  return before.spec !== pod.spec || before.metadata.labels !== pod.metadata.labels || isFinishedPod(before) !== isFinishedPod(pod);
}
