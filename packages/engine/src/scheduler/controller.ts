import type { ClusterEvent } from '../core/event.ts';
import { type Instant, toRfc3339 } from '../core/instant.ts';
import { objectKey, splitKey } from '../core/key.ts';
import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import { CLAIM_RESOURCE, CLASS_RESOURCE, VOLUME_RESOURCE } from '../kinds/rules/volume-binding.ts';
import { type PodObject, withCondition } from '../kinds/shared/pod.ts';
import { type Api, type Controller, defineController, type Reconcile } from '../machinery/controller.ts';
import { isPending, priorityOf, SCHEDULER_NAME } from './active.ts';
import { backoffUntil, bindDeadline, flushAt, WAITING, type Waiting } from './attempts.ts';
import { bind } from './bind.ts';
import { schedulerCache } from './cache.ts';
import { mayHelp, nodeChanges, podChanges } from './changes.ts';
import { type Outcome, placePod } from './cycle.ts';
import { attemptKey, recordOf } from './explain.ts';
import { fitMessage, NO_NODES_MESSAGE } from './fit-error.ts';
import type { Change, Cycle } from './framework.ts';
import type { NodeInfo } from './node-info.ts';
import { nominatedKey, outrankedOn, withAssumed } from './nominated.ts';
import { DEFAULT_PLUGINS } from './plugins/index.ts';
import { podInfoOf } from './pod-info.ts';
import { runPostFilters } from './post-filter.ts';
import { evict } from './preemption/execute.ts';
import type { Profile } from './profiles/profile.ts';
import { CONFIGURATION_KEY, profileFor, schedulerProfiles } from './profiles/projection.ts';

/** Prefixes of keys that are no pod's own: something happened that may help it; it is gone. */
const MOVE = 'move|';
const GONE = 'gone|';

/** Finds nodes for pods. Models pkg/scheduler. */
export const scheduler: Controller = defineController({
  name: 'scheduler',
  component: SCHEDULER_NAME,
  manager: 'kube-scheduler',
  watches: [
    { resource: 'core/pods', keys: keysOfPod },
    { resource: 'core/configmaps', keys: keysOfConfiguration },
    { resource: 'core/nodes', keys: (event, view) => helped(nodeChanges(event), view) },
    { resource: CLAIM_RESOURCE, keys: keysOfClaim },
    { resource: VOLUME_RESOURCE, keys: (event, view) => (isOnOffer(event) ? helped(['volume'], view) : []) },
    { resource: CLASS_RESOURCE, keys: (event, view) => (event.type === 'ADDED' ? helped(['storage-class'], view) : []) },
    { resource: 'storage.k8s.io/csistoragecapacities', keys: (event, view) => (event.type === 'DELETED' ? [] : helped(['storage-capacity'], view)) },
    { resource: 'storage.k8s.io/csinodes', keys: (event, view) => (event.type === 'DELETED' ? [] : helped(['csi-node'], view)) },
  ],
  reconcile(context) {
    const { key } = context;
    if (key.startsWith(GONE)) return forget(context, key.slice(GONE.length));
    if (key === CONFIGURATION_KEY) return reconfigure(context);
    if (key.startsWith(MOVE)) return retry(context, key.slice(MOVE.length));
    return look(context);
  },
});

function keysOfPod(event: ClusterEvent, view: View): string[] {
  const pod = event.stored.object as PodObject;
  if (event.type === 'DELETED') return [`${GONE}${event.key}|${pod.metadata.uid}`, ...helped(podChanges(event), view)];
  if (pod.spec.nodeName) return helped(podChanges(event), view);
  return isPending(pod) && profileFor(view, pod) ? [event.key] : [];
}

/** Other rules may help whoever waits, and other schedulers those whom nobody has looked at. */
function keysOfConfiguration({ key }: ClusterEvent, view: View): string[] {
  if (key !== CONFIGURATION_KEY) return [];
  const pending = (view.list('core/pods') as PodObject[]).filter((pod) => isPending(pod) && profileFor(view, pod));
  const keys = pending.map(({ metadata }) => objectKey('core/pods', metadata.namespace as string, metadata.name as string));
  return [key, ...keys.map((podKey) => (view.runtime(WAITING + podKey) === undefined ? podKey : MOVE + podKey))];
}

/** A configuration that cannot be read is told of where it stands. */
function reconfigure({ view, record }: Reconcile): undefined {
  const { problem } = view.project(schedulerProfiles).current;
  const configMap = view.get(CONFIGURATION_KEY);
  if (problem !== undefined && configMap) record(configMap, 'Warning', 'InvalidConfiguration', problem);
  return undefined;
}

/** Pods that wait with this claim among their volumes. */
function keysOfClaim(event: ClusterEvent, view: View): string[] {
  if (event.type === 'DELETED') return [];
  const { namespace, name } = splitKey(event.key);
  const users = view
    .indexed('core/pods', 'claim', `${namespace}/${name}`)
    .map((pod) => objectKey('core/pods', namespace, pod.metadata.name as string));
  return users
    .filter((key) => {
      const waiting = view.runtime<Waiting>(WAITING + key);
      return waiting && (waiting.assumed || mayHelp(['claim'], waiting.plugins, DEFAULT_PLUGINS));
    })
    .map((key) => MOVE + key);
}

const isOnOffer = ({ type, stored }: ClusterEvent): boolean =>
  type !== 'DELETED' && !stored.object.spec?.claimRef && stored.object.status?.phase === 'Available';

/** Only pods that wait are looked at, however many there are. */
function helped(changes: readonly Change[], view: View): string[] {
  if (changes.length === 0) return [];
  const found: { key: string; waiting: Waiting }[] = [];
  for (const key of view.runtimeKeys(WAITING)) {
    const waiting = view.runtime<Waiting>(key) as Waiting;
    if (mayHelp(changes, waiting.plugins, DEFAULT_PLUGINS)) found.push({ key, waiting });
  }
  return found.sort(byImportance).map(({ key }) => MOVE + key.slice(WAITING.length));
}

/** Models PrioritySort: the more important first, then those who have waited longer. */
const byImportance = (a: { waiting: Waiting }, b: { waiting: Waiting }): number =>
  b.waiting.priority - a.waiting.priority || a.waiting.since - b.waiting.since;

function forget({ api, view }: Reconcile, rest: string): undefined {
  const cut = rest.indexOf('|');
  const podKey = rest.slice(0, cut);
  const uid = rest.slice(cut + 1);
  if (view.runtime(attemptKey(uid)) !== undefined) api.setRuntime(attemptKey(uid), undefined);
  if (view.runtime<Waiting>(WAITING + podKey)?.uid === uid) api.setRuntime(WAITING + podKey, undefined);
  nominate(api, view, podKey, undefined);
  return undefined;
}

function pendingPod(view: View, podKey: string): PodObject | undefined {
  const pod = view.get(podKey) as PodObject | undefined;
  return pod && isPending(pod) && profileFor(view, pod) ? pod : undefined;
}

/** The pod itself appeared or changed, or it has waited long enough. */
function look(context: Reconcile): Instant | undefined {
  const { key, view, now } = context;
  const pod = pendingPod(view, key);
  if (!pod) return undefined;
  const waiting = view.runtime<Waiting>(WAITING + key);
  if (waiting?.uid !== pod.metadata.uid) return inTurn(context, key, pod);
  if (waiting && waiting.generation !== (pod.metadata.generation ?? 0)) return attemptAfterBackoff(context, key, pod, waiting);
  if (waiting?.assumed) return bindDeadline(waiting) > now ? bindDeadline(waiting) : giveUp(context, key, pod, waiting);
  const due = flushAt(waiting as Waiting);
  return due === undefined || due > now ? due : attempt(context, key, pod, waiting);
}

/** A new pod's first attempt, after those of more important ones that came with it. */
function inTurn(context: Reconcile, podKey: string, pod: PodObject): Instant | undefined {
  const { active } = context.view.project(schedulerCache);
  for (const key of active.above(priorityOf(pod))) {
    const other = pendingPod(context.view, key);
    if (other && !context.view.runtime(WAITING + key)) attempt(context, key, other, undefined);
  }
  return attempt(context, podKey, pod, undefined);
}

/** Something happened in the cluster that may help. */
function retry(context: Reconcile, podKey: string): Instant | undefined {
  const pod = pendingPod(context.view, podKey);
  const waiting = context.view.runtime<Waiting>(WAITING + podKey);
  if (!pod || waiting?.uid !== pod.metadata.uid) return undefined;
  const due = waiting?.assumed ? context.now : backoffUntil(waiting as Waiting, context.view.settings.timing === 'instant');
  if (due > context.now) return due;
  attempt(context, podKey, pod, waiting);
  return undefined;
}

function attemptAfterBackoff(context: Reconcile, podKey: string, pod: PodObject, waiting: Waiting): Instant | undefined {
  const due = backoffUntil(waiting, context.view.settings.timing === 'instant');
  return due > context.now ? due : attempt(context, podKey, pod, waiting);
}

function attempt(context: Reconcile, podKey: string, pod: PodObject, waiting: Waiting | undefined): Instant | undefined {
  const { view, api, now } = context;
  const cache = view.project(schedulerCache);
  const cycle: Cycle = { pod: podInfoOf(pod), cache, view, profile: profileFor(view, pod) as Profile };
  const outcome = withAssumed(view, cache, podKey, () => placeAgain(cycle, waiting) ?? placePod(cycle, view.seed));
  if (outcome.type !== 'placed') return refuse(context, podKey, cycle, outcome, waiting);
  const { name } = outcome.node;
  const first = preparations(cycle, outcome.node);
  if (first) {
    const assumedAt = waiting?.assumed && waiting.node === name ? waiting.assumedAt : now;
    const assumed: Waiting = {
      ...newWaiting(pod, waiting, now),
      plugins: [],
      node: name,
      assumed: true,
      ...(assumedAt === undefined ? {} : { assumedAt }),
    };
    remember(context, podKey, assumed);
    // Others are to know where the pod will be. Models RunPreBindPreFlights and what follows it in schedule_one.go.
    if (pod.status?.nominatedNodeName !== name) api.updateStatus({ ...pod, status: { ...pod.status, nominatedNodeName: name } });
    for (const object of first) api.update(object);
    return bindDeadline(assumed);
  }
  api.setRuntime(attemptKey(pod.metadata.uid as string), recordOf(outcome, cache.nodes.length, now));
  if (waiting) api.setRuntime(WAITING + podKey, undefined);
  nominate(api, view, podKey, undefined);
  bind(context, pod, name);
  return undefined;
}

/** The pod's volumes have not come: it is as if it had not been placed. Models handleBindingCycleError. */
function giveUp(context: Reconcile, podKey: string, pod: PodObject, before: Waiting): Instant | undefined {
  const { api, record, now } = context;
  const message = 'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded';
  const waiting: Waiting = { ...newWaiting(pod, before, now), plugins: ['VolumeBinding'] };
  remember(context, podKey, waiting);
  record(pod, 'Warning', 'FailedScheduling', message, { component: pod.spec.schedulerName ?? SCHEDULER_NAME });
  const condition = { type: 'PodScheduled', status: 'False', reason: 'SchedulerError', message, observedGeneration: pod.metadata.generation ?? 0 };
  const { nominatedNodeName: _promised, ...status } = pod.status ?? {};
  api.updateStatus({ ...pod, status: { ...status, conditions: withCondition(status.conditions, condition, toRfc3339(now)) } });
  return flushAt(waiting);
}

/** A pod that has been promised a node goes there, if it still can. Models evaluateNominatedNode. */
function placeAgain(cycle: Cycle, waiting: Waiting | undefined): Outcome | undefined {
  const node = waiting?.node === undefined ? undefined : cycle.cache.node(waiting.node);
  if (!node) return undefined;
  const outcome = placePod(cycle, cycle.view.seed, { among: [node] });
  return outcome.type === 'placed' ? outcome : undefined;
}

/** What plugins have to see done before the pod can be bound; undefined where all is done. */
function preparations(cycle: Cycle, node: NodeInfo): KubeObject[] | undefined {
  const all = cycle.profile.plugins.map((plugin) => plugin.preBind?.(cycle, node)).filter((objects) => objects !== undefined);
  return all.length > 0 ? all.flat() : undefined;
}

function remember({ api, view }: Reconcile, podKey: string, waiting: Waiting): void {
  api.setRuntime(WAITING + podKey, waiting);
  nominate(api, view, podKey, waiting.node);
}

function nominate(api: Api, view: View, podKey: string, node: string | undefined): void {
  if (view.runtime(nominatedKey(podKey)) !== node) api.setRuntime(nominatedKey(podKey), node);
}

const newWaiting = (pod: PodObject, before: Waiting | undefined, now: Instant): Omit<Waiting, 'plugins'> => ({
  uid: pod.metadata.uid as string,
  priority: priorityOf(pod),
  attempts: (before?.attempts ?? 0) + 1,
  since: before?.since ?? now,
  lastAttemptAt: now,
  generation: pod.metadata.generation ?? 0,
});

function refuse(
  context: Reconcile,
  podKey: string,
  cycle: Cycle,
  outcome: Exclude<Outcome, { type: 'placed' }>,
  before: Waiting | undefined,
): Instant | undefined {
  const { api, record, now, view } = context;
  const { pod } = cycle.pod;
  const result =
    outcome.type === 'no-nodes'
      ? { message: '', nominatedNode: '' }
      : withAssumed(view, cycle.cache, podKey, () => runPostFilters(cycle.profile.postFilters, cycle, outcome.rejected));
  const message = refusalMessage(cycle, outcome, result.message);
  const kept = keepsNomination(cycle, before) ? before?.node : undefined;
  const node = result.nominatedNode === undefined ? kept : result.nominatedNode || undefined;
  const plugins = outcome.type === 'no-nodes' ? [] : [...new Set([...outcome.rejected.values()].map((r) => r.plugin))].sort();
  const waiting: Waiting = { ...newWaiting(pod, before, now), plugins, ...(node === undefined ? {} : { node }) };
  remember(context, podKey, waiting);
  api.setRuntime(attemptKey(waiting.uid), recordOf(outcome, cycle.cache.nodes.length, now, message));
  record(pod, 'Warning', 'FailedScheduling', message, { component: cycle.profile.schedulerName });
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

function refusalMessage(cycle: Cycle, outcome: Exclude<Outcome, { type: 'placed' }>, tail: string): string {
  if (outcome.type === 'no-nodes') return NO_NODES_MESSAGE;
  return fitMessage(cycle.cache.nodes.length, outcome.rejected, outcome.podRejection, tail);
}
