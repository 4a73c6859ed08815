import { type Instant, toRfc3339 } from '../core/instant.ts';
import { objectKey } from '../core/key.ts';
import type { View } from '../core/txn.ts';
import { type PodObject, withCondition } from '../kinds/shared/pod.ts';
import type { Api, Reconcile } from '../machinery/controller.ts';
import { priorityOf, SCHEDULER_NAME } from './active.ts';
import { flushAt, WAITING, type Waiting } from './attempts.ts';
import type { Outcome } from './cycle.ts';
import { attemptKey, recordOf } from './explain.ts';
import { fitMessage, NO_NODES_MESSAGE } from './fit-error.ts';
import type { Cycle } from './framework.ts';
import { nominatedKey, outrankedOn, withAssumed } from './nominated.ts';
import { runPostFilters } from './post-filter.ts';
import { evict } from './preemption/execute.ts';

/** No node took the pod. */
type Unplaced = Exclude<Outcome, { type: 'placed' | 'failed' }>;

/** The pod's volumes have not come: it is as if it had not been placed. Models handleBindingCycleError. */
export function giveUp(context: Reconcile, podKey: string, pod: PodObject, before: Waiting): Instant | undefined {
  const message = 'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded';
  return fail(context, podKey, pod, before, 'VolumeBinding', message);
}

/** A plugin could not do its part. */
export function fail(
  context: Reconcile,
  podKey: string,
  pod: PodObject,
  before: Waiting | undefined,
  plugin: string,
  message: string,
): Instant | undefined {
  const { api, record, now } = context;
  const waiting: Waiting = { ...newWaiting(pod, before, now), plugins: [plugin] };
  remember(context, podKey, waiting);
  record(pod, 'Warning', 'FailedScheduling', message, { component: pod.spec.schedulerName ?? SCHEDULER_NAME });
  const condition = { type: 'PodScheduled', status: 'False', reason: 'SchedulerError', message, observedGeneration: pod.metadata.generation ?? 0 };
  const { nominatedNodeName: _promised, ...status } = pod.status ?? {};
  api.updateStatus({ ...pod, status: { ...status, conditions: withCondition(status.conditions, condition, toRfc3339(now)) } });
  return flushAt(waiting);
}

export function remember({ api, view }: Reconcile, podKey: string, waiting: Waiting): void {
  api.setRuntime(WAITING + podKey, waiting);
  nominate(api, view, podKey, waiting.node);
}

export function nominate(api: Api, view: View, podKey: string, node: string | undefined): void {
  if (view.runtime(nominatedKey(podKey)) !== node) api.setRuntime(nominatedKey(podKey), node);
}

export const newWaiting = (pod: PodObject, before: Waiting | undefined, now: Instant): Omit<Waiting, 'plugins'> => ({
  uid: pod.metadata.uid as string,
  priority: priorityOf(pod),
  attempts: (before?.attempts ?? 0) + 1,
  since: before?.since ?? now,
  lastAttemptAt: now,
  generation: pod.metadata.generation ?? 0,
});

export function refuse(context: Reconcile, podKey: string, cycle: Cycle, outcome: Unplaced, before: Waiting | undefined): Instant | undefined {
  const { api, record, now, view } = context;
  const { pod } = cycle.pod;
  const result =
    outcome.type === 'no-nodes'
      ? { message: '', nominatedNode: '', updates: [] }
      : withAssumed(view, cycle.cache, podKey, () => runPostFilters(cycle.profile.postFilters, cycle, outcome.rejected));
  const message = refusalMessage(cycle, outcome, result.message);
  const kept = keepsNomination(cycle, before) ? before?.node : undefined;
  const node = result.nominatedNode === undefined ? kept : result.nominatedNode || undefined;
  const plugins = outcome.type === 'no-nodes' ? [] : [...new Set([...outcome.rejected.values()].map((r) => r.plugin))].sort();
  const waiting: Waiting = { ...newWaiting(pod, before, now), plugins, ...(node === undefined ? {} : { node }) };
  remember(context, podKey, waiting);
  api.setRuntime(attemptKey(waiting.uid), recordOf(outcome, cycle.cache.nodes.length, now, message));
  record(pod, 'Warning', 'FailedScheduling', message, { component: cycle.profile.schedulerName });
  for (const object of result.updates ?? []) api.updateStatus(object);
  if (result.nominatedNode) {
    evict(context, pod, result.nominatedNode, result.victims ?? []);
    for (const other of outrankedOn(view, result.nominatedNode, pod)) revoke(context, other);
  }
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, observedGeneration: pod.metadata.generation ?? 0 };
  const conditions = withCondition(pod.status?.conditions, condition, toRfc3339(now));
  if (conditions !== pod.status?.conditions || node !== pod.status?.nominatedNodeName) {
    const { nominatedNodeName: _promised, ...status } = pod.status ?? {};
    api.updateStatus({ ...pod, status: { ...status, conditions, ...(node === undefined ? {} : { nominatedNodeName: node }) } });
  }
  return flushAt(waiting);
}

/** A promise of a node is void: somebody more important goes there. */
function revoke({ api, view }: Reconcile, pod: PodObject): void {
  const podKey = objectKey('core/pods', pod.metadata.namespace as string, pod.metadata.name as string);
  const waiting = view.runtime<Waiting>(WAITING + podKey);
  if (waiting?.assumed) return;
  const { node: _node, ...rest } = waiting as Waiting;
  api.setRuntime(WAITING + podKey, rest);
  nominate(api, view, podKey, undefined);
  const { nominatedNodeName: _promised, ...status } = pod.status ?? {};
  api.updateStatus({ ...pod, status });
}

/** Its victims are still on their way out. */
const keepsNomination = (cycle: Cycle, before: Waiting | undefined): boolean =>
  before?.node !== undefined && !before.assumed && cycle.pod.pod.status?.nominatedNodeName === before.node;

function refusalMessage(cycle: Cycle, outcome: Unplaced, tail: string): string {
  if (outcome.type === 'no-nodes') return NO_NODES_MESSAGE;
  return fitMessage(cycle.cache.nodes.length, outcome.rejected, outcome.podRejection, tail);
}
