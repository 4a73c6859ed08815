import type { ClusterEvent } from '../../core/event.ts';
import { type Instant, toRfc3339, toRfc3339Micro } from '../../core/instant.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { faultOf, type Silence, silenceKey } from '../../kinds/shared/node-fault.ts';
import { isFinishedPod, type NodeObject, type PodObject, withCondition } from '../../kinds/shared/pod.ts';
import { type Api, defineController, mapped, type Reconcile, self } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, NODES } from '../shared/objects.ts';
import { readyStatus, reportedConditions, unknownConditions } from './conditions.ts';
import { lostAt } from './heartbeat.ts';
import { taintsOf } from './taints.ts';

const GONE = 'gone|';
const NEW = 'new|';

/** Notices nodes that come, fall silent, recover and go; taints them accordingly. Models pkg/controller/nodelifecycle. */
export const nodeLifecycleController = defineController({
  name: 'nodelifecycle',
  component: 'node-controller',
  manager: CONTROLLER_MANAGER,
  watches: [
    self(NODES),
    mapped(NODES, ({ type, key }: ClusterEvent) => (type === 'DELETED' ? [GONE + key] : type === 'ADDED' ? [NEW + key] : [])),
    { resource: 'coordination.k8s.io/leases', keys: keysOfLease },
  ],
  reconcile: (context) => {
    if (context.key.startsWith(GONE)) return forget(context);
    return context.key.startsWith(NEW) ? welcome(context) : look(context);
  },
});

/** Heartbeats of nodes that somebody else keeps. */
function keysOfLease({ key, type }: ClusterEvent): string[] {
  const { namespace, name } = splitKey(key);
  return namespace === 'kube-node-lease' && type === 'MODIFIED' ? [objectKey('core/nodes', '', name)] : [];
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
  taint(context, view.get(key) as NodeObject);
  return lost !== undefined && lost > now ? lost : undefined;
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
  if (known?.fault === 'Down' && record) api.setRuntime(`node/${name}`, { ...record, rebootedAt: now });
  if (!fault && record) renewLease(api, view, name);
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
  record(reported, 'Normal', 'NodeReady', `Node ${name} status is now: NodeReady`, { component: 'kubelet', host: name });
}

function taint({ api, now }: Reconcile, node: NodeObject): void {
  const taints = taintsOf(node, toRfc3339(now));
  if (taints.length === 0 && !node.spec?.taints) return;
  if (taints === node.spec?.taints) return;
  const { taints: _taints, ...spec } = node.spec ?? {};
  api.update({ ...node, spec: taints.length > 0 ? { ...spec, taints } : spec });
}
