import { toRfc3339 } from '../../core/instant.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { withCondition } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { SCHEDULER_NAME } from '../active.ts';
import type { PodInfo } from '../pod-info.ts';

/** Asks the victims to go. Models prepareCandidate in pkg/scheduler/framework/preemption. */
export function evict({ api, record, now }: Reconcile, preemptor: PodObject, node: string, victims: readonly PodInfo[]): void {
  const scheduler = preemptor.spec.schedulerName ?? SCHEDULER_NAME;
  for (const { key, pod } of victims) {
    record(pod, 'Normal', 'Preempted', `Preempted by pod ${preemptor.metadata.uid} on node ${node}`, { component: scheduler });
    if (pod.metadata.deletionTimestamp) continue;
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: `${scheduler}: preempting to accommodate a higher priority pod`,
      ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    };
    api.updateStatus({ ...pod, status: { ...pod.status, conditions: withCondition(pod.status?.conditions, condition, toRfc3339(now)) } });
    api.delete(key);
  }
}
