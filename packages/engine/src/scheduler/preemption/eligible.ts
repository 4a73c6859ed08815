import { isPending, priorityOf } from '../active.ts';
import type { Cycle, Rejection } from '../framework.ts';

/** Why a pod may not make others go, if so. Models PodEligibleToPreemptOthers of plugins/defaultpreemption. */
export function whyNotEligible({ pod: { pod, key }, cache }: Cycle, rejected: ReadonlyMap<string, Rejection>): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = pod.status?.nominatedNodeName;
  const node = nominated ? cache.node(nominated) : undefined;
  if (!node || !isPending(pod) || rejected.get(node.name)?.code === 'UnschedulableAndUnresolvable') return undefined;
  for (const other of node.pods.values()) {
    const leaving = other.key !== key && other.pod.metadata.deletionTimestamp && priorityOf(other.pod) < priorityOf(pod);
    if (leaving && isPreempted(other.pod)) return 'not eligible due to a terminating pod on the nominated node.';
  }
  return undefined;
}

const isPreempted = (pod: Cycle['pod']['pod']): boolean =>
  pod.status?.conditions?.some((c) => c.type === 'DisruptionTarget' && c.reason === 'PreemptionByScheduler') ?? false;
