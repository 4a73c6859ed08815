import type { Instant } from '../core/instant.ts';
import type { KubeObject } from '../core/object.ts';
import type { View } from '../core/txn.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import { type Controller, defineController, type Reconcile } from '../machinery/controller.ts';
import { isPending, priorityOf, SCHEDULER_NAME } from './active.ts';
import { backoffUntil, bindDeadline, flushAt, WAITING, type Waiting } from './attempts.ts';
import { bind } from './bind.ts';
import { schedulerCache } from './cache.ts';
import { type Outcome, placePod } from './cycle.ts';
import { attemptKey, recordOf } from './explain.ts';
import type { Cycle } from './framework.ts';
import type { NodeInfo } from './node-info.ts';
import { withAssumed } from './nominated.ts';
import { podInfoOf } from './pod-info.ts';
import type { Profile } from './profiles/profile.ts';
import { CONFIGURATION_KEY, profileFor, schedulerProfiles } from './profiles/projection.ts';
import { fail, giveUp, newWaiting, nominate, refuse, remember } from './refuse.ts';
import { GONE, MOVE, podKeyOfMove, WATCHES } from './wakes.ts';

/** Finds nodes for pods. Models pkg/scheduler. */
export const scheduler: Controller = defineController({
  name: 'scheduler',
  component: SCHEDULER_NAME,
  manager: 'kube-scheduler',
  watches: WATCHES,
  reconcile(context) {
    const { key } = context;
    if (key.startsWith(GONE)) return forget(context, key.slice(GONE.length));
    if (key === CONFIGURATION_KEY) return reconfigure(context);
    if (key.startsWith(MOVE)) return retry(context, podKeyOfMove(key));
    return look(context);
  },
});

/** A configuration that cannot be read is told of where it stands. */
function reconfigure({ view, record }: Reconcile): undefined {
  const { problem } = view.project(schedulerProfiles).current;
  const configMap = view.get(CONFIGURATION_KEY);
  if (problem !== undefined && configMap) record(configMap, 'Warning', 'InvalidConfiguration', problem);
  return undefined;
}

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
  const profile = pod && isPending(pod) ? profileFor(view, pod) : undefined;
  return pod && profile && !isHeldBack(pod, view, profile) ? pod : undefined;
}

/** Models the PreEnqueue plugins besides scheduling gates. */
const isHeldBack = (pod: PodObject, view: View, { plugins }: Profile): boolean =>
  plugins.some((plugin) => plugin.holdsBack?.(pod, view) !== undefined);

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
  if (outcome.type === 'failed') {
    const { plugin, reasons } = outcome.rejection;
    const message = `running "${plugin}" filter plugin: ${reasons.join(', ')}`;
    api.setRuntime(attemptKey(pod.metadata.uid as string), recordOf(outcome, cache.nodes.length, now, message));
    return fail(context, podKey, pod, waiting, plugin, message);
  }
  if (outcome.type !== 'placed') return refuse(context, podKey, cycle, outcome, waiting);
  const { name } = outcome.node;
  for (const plugin of cycle.profile.plugins) plugin.reserve?.(cycle, outcome.node, api);
  const held = view.get(podKey) as PodObject;
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
    if (held.status?.nominatedNodeName !== name) api.updateStatus({ ...held, status: { ...held.status, nominatedNodeName: name } });
    for (const object of first) api.update(object);
    return bindDeadline(assumed);
  }
  api.setRuntime(attemptKey(pod.metadata.uid as string), recordOf(outcome, cache.nodes.length, now));
  if (waiting) api.setRuntime(WAITING + podKey, undefined);
  nominate(api, view, podKey, undefined);
  bind(context, held, name);
  return undefined;
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
