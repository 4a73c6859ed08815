import type { View } from '../core/txn.ts';
import { conditionOf, isAssignedPod, type NodeObject, type PodObject } from '../kinds/shared/pod.ts';
import { type Amounts, addAmounts, allocatedRequests, amountsOf, plainRequests, podRequests } from '../kinds/shared/pod-requests.ts';
import { isTolerated } from '../kinds/shared/taints.ts';
import { predicateFailure } from './predicates.ts';
import { isCritical } from './pressure/rank.ts';

export interface Refusal {
  reason: string;
  message: string;
}

/** A pod that was put on a node without asking the scheduler; what the scheduler placed is known to fit. */
export function refusalOf(view: View, pod: PodObject): Refusal | undefined {
  const unfit = refusedUnderPressure(view, pod) ?? otherSystem(pod);
  if (unfit) return unfit;
  if (conditionOf(pod.status, 'PodScheduled')?.status === 'True') return undefined;
  const lack = roomFor(view, pod);
  return lack ? { reason: `OutOf${lack.resource}`, message: lack.message } : predicateFailure(view, pod);
}

/** Models the eviction manager's Admit: a node that is short of something takes no pods that could make it worse. */
function refusedUnderPressure(view: View, pod: PodObject): Refusal | undefined {
  const node = view.get(`core/nodes//${pod.spec.nodeName}`) as NodeObject | undefined;
  const short = (node?.status?.conditions ?? []).filter((c) => PRESSURES.includes(c.type) && c.status === 'True').map((c) => c.type);
  if (short.length === 0 || isCritical(pod)) return undefined;
  const onlyMemory = short.length === 1 && short[0] === 'MemoryPressure';
  const tolerates = () => isTolerated({ key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' }, pod.spec.tolerations ?? []);
  if (onlyMemory && (pod.status?.qosClass !== 'BestEffort' || tolerates())) return undefined;
  return { reason: 'Evicted', message: `The node had condition: [${short.join(' ')}]. ` };
}

const OS_LABEL = 'kubernetes.io/os';

/** All nodes run Linux, and the scheduler does not look at what a pod asks for. Models rejectPodAdmissionBasedOnOSField and its sibling in pkg/kubelet/lifecycle. */
function otherSystem({ metadata, spec }: PodObject): Refusal | undefined {
  if (Object.hasOwn(metadata.labels ?? {}, OS_LABEL) && metadata.labels?.[OS_LABEL] !== 'linux')
    return { reason: 'PodOSSelectorNodeLabelDoesNotMatch', message: "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label" };
  if (spec.os === undefined || spec.os.name === 'linux') return undefined;
  return { reason: 'PodOSNotSupported', message: "Failed to admit pod as the OS field doesn't match node OS" };
}

const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

export interface Lack {
  resource: string;
  requested: number;
  capacity: number;
  message: string;
}

/** What a node lacks for a pod beside all others. Models pkg/kubelet/lifecycle/predicate.go (InsufficientResourceError). */
export function roomFor(view: View, pod: PodObject, only?: readonly string[]): Lack | undefined {
  const name = pod.spec.nodeName as string;
  const node = view.get(`core/nodes//${name}`) as NodeObject | undefined;
  const capacity = amountsOf(node?.status?.allocatable);
  const used: Amounts = new Map();
  for (const other of view.indexed('core/pods', 'node', name) as PodObject[]) {
    if (other.metadata.uid === pod.metadata.uid || !isAssignedPod(other)) continue;
    addAmounts(used, allocatedRequests(other));
    addAmounts(used, ONE_POD);
  }
  const wanted = podRequests(pod, plainRequests);
  addAmounts(wanted, ONE_POD);
  const lacks: Lack[] = [];
  for (const [resource, requested] of wanted) {
    if (only && !only.includes(resource)) continue;
    const taken = used.get(resource) ?? 0;
    const all = capacity.get(resource) ?? 0;
    if (requested > 0 && taken + requested > all) lacks.push(insufficient(resource, requested, taken, all));
  }
  return lacks.find(({ requested, capacity: all }) => requested > all) ?? lacks[0];
}

const ONE_POD: Amounts = new Map([['pods', 1]]);

const insufficient = (resource: string, requested: number, used: number, capacity: number): Lack => ({
  resource,
  requested,
  capacity,
  message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
});
