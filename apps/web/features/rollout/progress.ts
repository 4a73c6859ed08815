import { waitingReason } from '#features/pods/pod-state.ts';
import type { Condition, KubeObject } from '#kube/types.ts';

export type RolloutState = 'healthy' | 'progressing' | 'stuck' | 'paused' | 'stopped';

export interface Progress {
  state: RolloutState;
  desired: number;
  updated: number;
  ready: number;
  available: number;
  total: number;
  /** Why it is stuck, in the words of the cluster. */
  reason?: string;
  message?: string;
  since?: string;
}

interface DeploymentStatus {
  observedGeneration?: number;
  replicas?: number;
  updatedReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  conditions?: Condition[];
}

/** Where a rollout is; the same questions as `kubectl rollout status`, and whether a pod cannot start. */
export function progressOf(deployment: KubeObject, pods: readonly KubeObject[] = []): Progress {
  const status = (deployment.status ?? {}) as DeploymentStatus;
  const counts = {
    desired: typeof deployment.spec?.replicas === 'number' ? deployment.spec.replicas : 1,
    updated: status.updatedReplicas ?? 0,
    ready: status.readyReplicas ?? 0,
    available: status.availableReplicas ?? 0,
    total: status.replicas ?? 0,
  };
  const complete = isComplete(deployment, status, counts);
  const blocked = pods.map(blockOf).find((block) => block !== undefined);
  const progressing = status.conditions?.find((condition) => condition.type === 'Progressing');
  const failure = status.conditions?.find((condition) => condition.type === 'ReplicaFailure' && condition.status === 'True');
  if (complete && !blocked) return { ...counts, state: counts.desired === 0 ? 'stopped' : 'healthy' };
  if (blocked) return { ...counts, state: 'stuck', ...blocked };
  if (failure) return { ...counts, state: 'stuck', reason: failure.reason, message: failure.message, since: failure.lastTransitionTime };
  if (progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded') {
    return { ...counts, state: 'stuck', reason: progressing.reason, message: progressing.message, since: progressing.lastTransitionTime };
  }
  return { ...counts, state: deployment.spec?.paused === true ? 'paused' : 'progressing' };
}

function isComplete(
  deployment: KubeObject,
  status: DeploymentStatus,
  counts: { desired: number; updated: number; available: number; total: number },
): boolean {
  const observed = (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0);
  return observed && counts.updated >= counts.desired && counts.total <= counts.updated && counts.available >= counts.updated;
}

function blockOf(pod: KubeObject): { reason: string; message?: string; since?: string } | undefined {
  if (pod.metadata.deletionTimestamp) return undefined;
  const waiting = waitingReason(pod);
  return waiting?.bad ? { reason: waiting.reason, message: waiting.message, since: pod.metadata.creationTimestamp } : undefined;
}
