import { type Instant, toRfc3339 } from '../../core/instant.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';

type Conditions = NonNullable<NonNullable<NodeObject['status']>['conditions']>;

const REPORTED = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'];

/** Nothing is known of a node any more. Models tryUpdateNodeHealth. */
export function unknownConditions(node: NodeObject, heardAt: Instant | undefined, now: Instant): Conditions {
  const known = node.status?.conditions ?? [];
  const time = toRfc3339(now);
  const lost = known.map((condition) =>
    !REPORTED.includes(condition.type) || condition.status === 'Unknown'
      ? condition
      : {
          ...condition,
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          ...(heardAt === undefined ? {} : { lastHeartbeatTime: toRfc3339(heardAt) }),
          lastTransitionTime: time,
        },
  );
  const never = REPORTED.filter((type) => !known.some((condition) => condition.type === type)).map((type) => ({
    type,
    status: 'Unknown',
    reason: 'NodeStatusNeverUpdated',
    message: 'Kubelet never posted node status.',
    lastHeartbeatTime: node.metadata.creationTimestamp ?? time,
    lastTransitionTime: time,
  }));
  return [...lost, ...never];
}

const HEALTHY: Readonly<Record<string, [status: string, reason: string, message: string]>> = {
  MemoryPressure: ['False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  DiskPressure: ['False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  PIDPressure: ['False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  Ready: ['True', 'KubeletReady', 'kubelet is posting ready status'],
};

/** The kubelet is heard of again. */
export function reportedConditions(node: NodeObject, now: Instant): Conditions {
  const time = toRfc3339(now);
  return (node.status?.conditions ?? []).map((condition) => {
    const healthy = HEALTHY[condition.type];
    if (!healthy || condition.status !== 'Unknown') return condition;
    const [status, reason, message] = healthy;
    return { ...condition, status, reason, message, lastHeartbeatTime: time, lastTransitionTime: time };
  });
}

export const readyStatus = (node: NodeObject): string | undefined => node.status?.conditions?.find((c) => c.type === 'Ready')?.status;
