import type { Instant } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { startEvents } from '../../kinds/rules/node-events.ts';
import { milliUnits, wholeUnits } from '../../kinds/shared/quantity.ts';
import { POOL_LABEL } from '../../kinds/vivakube/nodepools/names.ts';
import { leaseObject } from '../../kubelet/bootstrap.ts';
import { addressPrefix, nodeKey } from '../../kubelet/keys.ts';
import { type NodeShape, nodeObject } from '../../kubelet/node.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { joiningStatus, joinMs, type Machine } from './join.ts';

const KI = 1024n;

function shapeOf(pool: KubeObject, name: string, index: number): NodeShape {
  const { zone, region, labels, taints, capacity = {}, gpu, architecture } = pool.spec;
  const { cpu, memory, pods, ...others } = capacity;
  const extended = Object.fromEntries(Object.entries(others).map(([resource, amount]) => [resource, String(amount)]));
  if (gpu) extended['nvidia.com/gpu'] = String(gpu);
  return {
    name,
    role: 'worker',
    index,
    ...(cpu === undefined ? {} : { cpus: Number(milliUnits(cpu)) / 1000 }),
    ...(memory === undefined ? {} : { memoryKi: Number(wholeUnits(memory) / KI) }),
    ...(pods === undefined ? {} : { pods: Number(wholeUnits(pods)) }),
    ...(taints ? { taints } : {}),
    ...(architecture ? { architecture } : {}),
    labels: {
      ...labels,
      [POOL_LABEL]: pool.metadata.name as string,
      ...(zone ? { 'topology.kubernetes.io/zone': zone } : {}),
      ...(region ? { 'topology.kubernetes.io/region': region } : {}),
      ...(gpu ? { 'nvidia.com/gpu.present': 'true' } : {}),
    },
    extended,
  };
}

/** Positions decide addresses: the first one that no machine has. */
function freeIndex(view: View): number {
  const taken = new Set(view.runtimeKeys('node/').map((key) => view.runtime<Machine>(key)?.index));
  let index = 1;
  while (taken.has(index)) index++;
  return index;
}

/** Longer than pods outlive their node: what ran on the old machine is not found on the new one. */
const REPLACE_MS = 90_000;

/** Somebody deleted the node: its machine is gone, and another takes its place and its address some time later. */
export function replacementAt({ api, view, now }: Reconcile, name: string): Instant {
  const machine = view.runtime<Machine>(nodeKey(name));
  if (!machine) return now;
  if (machine.replacedAt !== undefined) return machine.replacedAt;
  forgetContents({ api, view }, name);
  const replacedAt = now + REPLACE_MS;
  api.setRuntime(nodeKey(name), { ...machine, replacedAt });
  api.delete(leaseKey(name));
  return replacedAt;
}

/** Names of a pool's deleted nodes whose place nobody has taken yet. */
export const awaited = (view: View, pool: string): string[] =>
  view.runtimeKeys('node/').flatMap((key) => {
    const machine = view.runtime<Machine>(key);
    return machine?.pool === pool && machine.replacedAt !== undefined ? [key.slice('node/'.length)] : [];
  });

/** Nobody takes the place of a deleted node. */
export const abandon = ({ api }: Reconcile, name: string): void => api.setRuntime(nodeKey(name), undefined);

/** A machine with a kubelet that registers itself. */
export function addNode(context: Reconcile, pool: KubeObject, name: string): void {
  const { api, view, now } = context;
  const index = view.runtime<Machine>(nodeKey(name))?.index ?? freeIndex(view);
  const waitMs = joinMs(context, name);
  const machine: Machine = { index, pool: pool.metadata.name as string, since: now, ...(waitMs > 0 ? { joinsAt: now + waitMs } : {}) };
  api.setRuntime(nodeKey(name), machine);
  const { status = {}, ...object } = nodeObject(shapeOf(pool, name, index), view.seed, now);
  const created = api.create('core/nodes', object as KubeObject);
  const registered = api.updateStatus({ ...created, status: waitMs > 0 ? joiningStatus(status) : status });
  for (const { type, reason, message } of startEvents(name)) context.record(registered, type, reason, message, { component: 'kubelet', host: name });
  if (!view.stored(leaseKey(name))) api.create('coordination.k8s.io/leases', leaseObject(name, now, created.metadata.uid));
}

const leaseKey = (node: string): string => objectKey('coordination.k8s.io/leases', 'kube-node-lease', node);

function forgetContents({ api, view }: Pick<Reconcile, 'api' | 'view'>, name: string): void {
  for (const prefix of [addressPrefix(name), `images/${name}/`, `hostpath/${name}/`])
    for (const key of view.runtimeKeys(prefix)) api.setRuntime(key, undefined);
}

/** The machine is gone, with all that it held. */
export function removeNode({ api, view }: Reconcile, name: string): void {
  forgetContents({ api, view }, name);
  api.setRuntime(nodeKey(name), undefined);
  api.delete(leaseKey(name));
  api.delete(objectKey('core/nodes', '', name));
}
