import type { View } from '../core/txn.ts';
import { conditionOf, isAssignedPod, type NodeObject, type PodObject } from '../kinds/shared/pod.ts';
import { type Amounts, addAmounts, amountsOf, podRequests } from '../kinds/shared/pod-requests.ts';

export interface Refusal {
  reason: string;
  message: string;
}

/**
 * Whether a node has room for a pod that was put on it without asking the scheduler; what the scheduler placed is known to fit.
 * Models pkg/kubelet/lifecycle/predicate.go (InsufficientResourceError).
 */
export function refusalOf(view: View, pod: PodObject): Refusal | undefined {
  if (conditionOf(pod.status, 'PodScheduled')?.status === 'True') return undefined;
  const name = pod.spec.nodeName as string;
  const node = view.get(`core/nodes//${name}`) as NodeObject | undefined;
  const capacity = amountsOf(node?.status?.allocatable);
  const used: Amounts = new Map();
  for (const other of view.indexed('core/pods', 'node', name) as PodObject[]) {
    if (other.metadata.uid === pod.metadata.uid || !isAssignedPod(other)) continue;
    addAmounts(used, podRequests(other));
    addAmounts(used, ONE_POD);
  }
  const wanted = podRequests(pod);
  addAmounts(wanted, ONE_POD);
  for (const [resource, amount] of wanted) {
    const taken = used.get(resource) ?? 0;
    const all = capacity.get(resource) ?? 0;
    if (amount > 0 && taken + amount > all) return insufficient(resource, amount, taken, all);
  }
  return undefined;
}

const ONE_POD: Amounts = new Map([['pods', 1]]);

const insufficient = (resource: string, requested: number, used: number, capacity: number): Refusal => ({
  reason: `OutOf${resource}`,
  message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
});
