import { chanceUuid } from '../../core/chance.ts';
import type { ClusterEvent } from '../../core/event.ts';
import { type Instant, toRfc3339, toRfc3339Micro } from '../../core/instant.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { pressureEvents, readyEvent, rebootEvent, schedulableEvent, startEvents } from '../../kinds/rules/node-events.ts';
import { type Fault, faultOf, type Silence, silenceKey } from '../../kinds/shared/node-fault.ts';
import { isFinishedPod, type NodeObject, type PodObject, withCondition } from '../../kinds/shared/pod.ts';
import { type Api, defineController, mapped, type Reconcile, self } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, NODES } from '../shared/objects.ts';
import { readyStatus, reportedConditions, unknownConditions } from './conditions.ts';
import { lostAt } from './heartbeat.ts';
import { isLost, taintsOf } from './taints.ts';
import { changesZones, evictionTurn, giveUpTurn } from './zones.ts';

const GONE = 'gone|';
const NEW = 'new|';
const CORDONED = 'cordoned|';
const UNCORDONED = 'uncordoned|';

/** Notices nodes that come, fall silent, recover and go; taints them accordingly. Models pkg/controller/nodelifecycle. */
export const nodeLifecycleController = defineController({
  name: 'nodelifecycle',
  component: 'node-controller',
  manager: CONTROLLER_MANAGER,
  watches: [
    self(NODES),
    mapped(NODES, ({ type, key }: ClusterEvent) => (type === 'DELETED' ? [GONE + key] : type === 'ADDED' ? [NEW + key] : [])),
    mapped(NODES, keysOfTroubled),
    mapped(NODES, keysOfCordoned),
    { resource: 'coordination.k8s.io/leases', keys: keysOfLease },
  ],
  reconcile: (context) => {
    if (context.key.startsWith(GONE)) return forget(context);
    if (context.key.startsWith(CORDONED) || context.key.startsWith(UNCORDONED)) return tellCordon(context);
    return context.key.startsWith(NEW) ? welcome(context) : look(context);
  },
});

/** Heartbeats of nodes that somebody else keeps. */
function keysOfLease({ key, type }: ClusterEvent): string[] {
  const { namespace, name } = splitKey(key);
  return namespace === 'kube-node-lease' && type === 'MODIFIED' ? [objectKey('core/nodes', '', name)] : [];
}

function keysOfCordoned({ type, key, stored, previous }: ClusterEvent): string[] {
  const [now, before] = [stored.object.spec?.unschedulable === true, previous?.object.spec?.unschedulable === true];
  return type === 'MODIFIED' && now !== before ? [(now ? CORDONED : UNCORDONED) + key] : [];
}

/** Models recordNodeSchedulableEvent of the kubelet. */
function tellCordon({ view, key, record }: Reconcile): undefined {
  const node = view.get(key.slice(key.indexOf('|') + 1)) as NodeObject | undefined;
  const name = node?.metadata.name as string;
  if (!node || view.runtime(`node/${name}`) === undefined || view.runtime(silenceKey(name)) !== undefined) return undefined;
  const { type, reason, message } = schedulableEvent(name, key.startsWith(CORDONED));
  record(node, type, reason, message, { component: 'kubelet', host: name });
  return undefined;
}

/** How a zone fares decides over all of its lost nodes. */
function keysOfTroubled(event: ClusterEvent, view: View): string[] {
  if (!changesZones(view, event)) return [];
  const lost = (view.list('core/nodes') as NodeObject[]).filter(isLost);
  return lost.map(({ metadata }) => objectKey('core/nodes', '', metadata.name as string));
}

function welcome({ view, key, record }: Reconcile): undefined {
  const node = view.get(key.slice(NEW.length));
  if (node) record(node, 'Normal', 'RegisteredNode', `Node ${node.metadata.name} event: Registered Node ${node.metadata.name} in Controller`);
  return undefined;
}

function forget({ api, view, key, record }: Reconcile): undefined {
  const { name } = splitKey(key.slice(GONE.length));
  record(
    { kind: 'Node', apiVersion: 'v1', metadata: { name, uid: name } },
    'Normal',
    'RemovingNode',
    `Node ${name} event: Removing Node ${name} from Controller`,
  );
  if (view.runtime(silenceKey(name)) !== undefined) api.setRuntime(silenceKey(name), undefined);
  giveUpTurn({ view, api }, name);
  return undefined;
}

function look(context: Reconcile): Instant | undefined {
  const { key, view, now } = context;
  const node = view.get(key) as NodeObject | undefined;
  if (!node) return undefined;
  noteSilence(context, node);
  const lost = lostAt(view, node);
  if (lost !== undefined && lost <= now) markLost(context, node);
  const current = view.get(key) as NodeObject;
  if (!view.runtime(silenceKey(current.metadata.name as string))) recover(context, current);
  const turn = taint(context, view.get(key) as NodeObject);
  const next = [lost, turn].filter((at) => at !== undefined && at > now) as Instant[];
  return next.length > 0 ? Math.min(...next) : undefined;
}

/** Remembers since when a node has its fault; once that is over, its kubelet is heard of again. */
function noteSilence(context: Reconcile, node: NodeObject): void {
  const { api, view, now } = context;
  const name = node.metadata.name as string;
  const fault = faultOf(node);
  const known = view.runtime<Silence>(silenceKey(name));
  if (fault === known?.fault) return;
  api.setRuntime(silenceKey(name), fault && { fault, since: known?.since ?? now });
  const record = view.runtime<object>(`node/${name}`);
  if (!known || !record) return;
  if (known.fault === 'Down') api.setRuntime(`node/${name}`, { ...record, rebootedAt: now });
  if (fault) return;
  renewLease(api, view, name);
  if (known.fault !== 'NetworkPartition') restarted(context, known.fault);
}

/** The kubelet runs again, perhaps on a machine that was switched on again. */
function restarted({ api, view, key, now, record }: Reconcile, fault: Fault): void {
  let node = view.get(key) as NodeObject;
  const name = node.metadata.name as string;
  const from = { component: 'kubelet', host: name };
  const events = startEvents(name);
  if (fault === 'Down') {
    const bootID = chanceUuid(view.seed, name, 'boot', now);
    node = api.updateStatus({ ...node, status: { ...node.status, nodeInfo: { ...node.status?.nodeInfo, bootID } } }) as NodeObject;
    events.push(rebootEvent(name, bootID));
  }
  for (const { type, reason, message } of events) record(node, type, reason, message, from);
}

function renewLease(api: Api, view: View, node: string): void {
  const lease = view.get(`coordination.k8s.io/leases/kube-node-lease/${node}`);
  if (lease) api.update({ ...lease, spec: { ...lease.spec, renewTime: toRfc3339Micro(view.now) } });
}

function markLost(context: Reconcile, node: NodeObject): void {
  const { api, view, now, record } = context;
  const before = readyStatus(node);
  const heardAt = view.runtime<Silence>(silenceKey(node.metadata.name as string))?.since;
  const conditions = unknownConditions(node, heardAt, now);
  if (conditions.every((condition, i) => condition === node.status?.conditions?.[i])) return;
  const marked = api.updateStatus({ ...node, status: { ...node.status, conditions } });
  if (before !== 'True') return;
  record(marked, 'Normal', 'NodeNotReady', `Node ${node.metadata.name} status is now: NodeNotReady`);
  markPods(context, node.metadata.name as string);
}

/** Models MarkPodsNotReady of pkg/controller/util/node. */
function markPods({ api, view, now, record }: Reconcile, node: string): void {
  for (const pod of view.indexed('core/pods', 'node', node) as PodObject[]) {
    const ready = pod.status?.conditions?.find((c) => c.type === 'Ready');
    if (ready?.status !== 'True' || isFinishedPod(pod)) continue;
    const conditions = withCondition(pod.status?.conditions, { ...ready, status: 'False' }, toRfc3339(now));
    api.updateStatus({ ...pod, status: { ...pod.status, conditions } });
    record(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
  }
}

/** A kubelet that can speak again says that all is well. */
function recover(context: Reconcile, node: NodeObject): void {
  const { api, view, now, record } = context;
  const name = node.metadata.name as string;
  if (readyStatus(node) !== 'Unknown' || view.runtime(`node/${name}`) === undefined) return;
  context.actAs(`system:node:${name}`);
  const reported = api.updateStatus({ ...node, status: { ...node.status, conditions: reportedConditions(node, now) } });
  for (const event of [...pressureEvents(name), readyEvent(name)])
    record(reported, event.type, event.reason, event.message, { component: 'kubelet', host: name });
}

/** The instant at which it is the node's turn to lose its pods, if that is still to come. */
function taint(context: Reconcile, node: NodeObject): Instant | undefined {
  const { api, now } = context;
  const turn = isLost(node) ? evictionTurn(context, node) : undefined;
  if (!isLost(node)) giveUpTurn(context, node.metadata.name as string);
  const taints = taintsOf(node, turn !== undefined && turn <= now, toRfc3339(now));
  if (taints !== node.spec?.taints && (taints.length > 0 || node.spec?.taints)) {
    const { taints: _taints, ...spec } = node.spec ?? {};
    api.update({ ...node, spec: taints.length > 0 ? { ...spec, taints } : spec });
  }
  return turn;
}
