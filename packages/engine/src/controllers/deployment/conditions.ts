import type { DeploymentCondition } from '@vivakube/schema/types/apps.v1';
import { type Instant, toRfc3339 } from '../../core/instant.ts';
import type { Deployment } from '../shared/objects.ts';

// Models the condition helpers of pkg/controller/deployment/util/deployment_util.go.
export type Conditions = readonly DeploymentCondition[];

export const REASON = {
  minimumAvailable: 'MinimumReplicasAvailable',
  minimumUnavailable: 'MinimumReplicasUnavailable',
  createFailed: 'ReplicaSetCreateError',
  created: 'NewReplicaSetCreated',
  found: 'FoundNewReplicaSet',
  updated: 'ReplicaSetUpdated',
  complete: 'NewReplicaSetAvailable',
  timedOut: 'ProgressDeadlineExceeded',
  paused: 'DeploymentPaused',
  resumed: 'DeploymentResumed',
} as const;

export const condition = (
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
  now: Instant,
): DeploymentCondition => ({
  type,
  status,
  lastUpdateTime: toRfc3339(now),
  lastTransitionTime: toRfc3339(now),
  reason,
  message,
});

export const conditionOf = (conditions: Conditions | undefined, type: string): DeploymentCondition | undefined =>
  conditions?.find((c) => c.type === type);

export const withoutCondition = (conditions: Conditions, type: string): Conditions =>
  conditions.some((c) => c.type === type) ? conditions.filter((c) => c.type !== type) : conditions;

/** Nothing changes for the same status and reason; the time of transition only changes with the status. */
export function withCondition(conditions: Conditions, fresh: DeploymentCondition): Conditions {
  const known = conditionOf(conditions, fresh.type);
  if (known?.status === fresh.status && known.reason === fresh.reason) return conditions;
  const lastTransitionTime = known?.status === fresh.status ? known.lastTransitionTime : fresh.lastTransitionTime;
  return [...conditions.filter((c) => c.type !== fresh.type), { ...fresh, ...(lastTransitionTime ? { lastTransitionTime } : {}) }];
}

const NO_DEADLINE = 2 ** 31 - 1;

export function progressDeadlineSeconds(deployment: Deployment): number | undefined {
  const seconds = deployment.spec.progressDeadlineSeconds;
  return seconds === undefined || seconds === NO_DEADLINE ? undefined : seconds;
}

export const withStatusConditions = (deployment: Deployment, conditions: Conditions): Deployment =>
  conditions === deployment.status?.conditions ? deployment : { ...deployment, status: { ...deployment.status, conditions: [...conditions] } };
