import type { Taint } from '@vivakube/schema/types/core.v1';
import type { NodeObject } from '../../kinds/shared/pod.ts';

// Models nodeConditionToTaintKeyStatusMap and doNoScheduleTaintingPass in pkg/controller/nodelifecycle/node_lifecycle_controller.go.
const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
const BY_CONDITION: readonly [type: string, status: string, key: string][] = [
  ['Ready', 'False', NOT_READY],
  ['Ready', 'Unknown', UNREACHABLE],
  ['MemoryPressure', 'True', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'True', 'node.kubernetes.io/disk-pressure'],
  ['NetworkUnavailable', 'True', 'node.kubernetes.io/network-unavailable'],
  ['PIDPressure', 'True', 'node.kubernetes.io/pid-pressure'],
];
const OWN = [...new Set(BY_CONDITION.map(([, , key]) => key)), UNSCHEDULABLE];

const statusOf = (node: NodeObject, type: string): string | undefined => node.status?.conditions?.find((c) => c.type === type)?.status;

/** Whether its pods would have to go. */
export const isLost = (node: NodeObject): boolean => ['False', 'Unknown'].includes(statusOf(node, 'Ready') ?? '');

/** What a node's state asks for. */
function wantedTaints(node: NodeObject, evicts: boolean): Taint[] {
  const keys = BY_CONDITION.filter(([type, status]) => statusOf(node, type) === status).map(([, , key]) => key);
  if (node.spec?.unschedulable) keys.push(UNSCHEDULABLE);
  const wanted: Taint[] = keys.map((key) => ({ key, effect: 'NoSchedule' }));
  if (evicts) for (const key of [NOT_READY, UNREACHABLE]) if (keys.includes(key)) wanted.push({ key, effect: 'NoExecute' });
  return wanted;
}

const same = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;
const isOwn = ({ key, effect }: Taint): boolean =>
  effect === 'NoSchedule' ? OWN.includes(key) : effect === 'NoExecute' && (key === NOT_READY || key === UNREACHABLE);

/**
 * The node's taints as they ought to be; its own list where nothing changes.
 * @param evicts whether it is the node's turn to lose its pods
 */
export function taintsOf(node: NodeObject, evicts: boolean, time: string): Taint[] {
  const known = node.spec?.taints ?? [];
  const wanted = wantedTaints(node, evicts);
  const kept = known.filter((taint) => !isOwn(taint) || wanted.some((w) => same(w, taint)));
  const added = wanted.filter((w) => !known.some((taint) => same(w, taint))).map((taint) => ({ ...taint, timeAdded: time }));
  return kept.length === known.length && added.length === 0 ? known : [...kept, ...added];
}
