import type { DeploymentStatus } from '@vivakube/schema/types/apps.v1';
import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import type { Deployment } from '../shared/objects.ts';
import { type Conditions, condition, conditionOf, progressDeadlineSeconds, REASON, withCondition, withoutCondition } from './conditions.ts';
import { desiredOf } from './fenceposts.ts';
import { allOf, type Sets } from './sets.ts';

// Models syncRolloutStatus and requeueStuckDeployment in pkg/controller/deployment/progress.go and DeploymentComplete, DeploymentProgressing, DeploymentTimedOut in its util.

export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const desired = desiredOf(deployment);
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, observedGeneration = 0 } = status;
  return (
    updatedReplicas === desired &&
    replicas === desired &&
    availableReplicas === desired &&
    observedGeneration >= (deployment.metadata.generation ?? 0)
  );
}

const oldReplicas = ({ replicas = 0, updatedReplicas = 0 }: DeploymentStatus): number => replicas - updatedReplicas;

function hasProgressed(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const more = (field: 'updatedReplicas' | 'readyReplicas' | 'availableReplicas'): boolean => (after[field] ?? 0) > (before[field] ?? 0);
  return more('updatedReplicas') || oldReplicas(after) < oldReplicas(before) || more('readyReplicas') || more('availableReplicas');
}

/** When the deadline passes, counted from the last progress. */
function deadline(deployment: Deployment, conditions: Conditions): Instant | undefined {
  const seconds = progressDeadlineSeconds(deployment);
  const since = parseRfc3339(conditionOf(conditions, 'Progressing')?.lastUpdateTime ?? '');
  return seconds === undefined || since === undefined ? undefined : since + seconds * 1000;
}

function hasTimedOut(deployment: Deployment, conditions: Conditions, now: Instant): boolean {
  const reason = conditionOf(conditions, 'Progressing')?.reason;
  if (reason === undefined || reason === REASON.complete) return false;
  const due = deadline(deployment, conditions);
  return reason === REASON.timedOut || (due !== undefined && due < now);
}

function progressing(deployment: Deployment, status: DeploymentStatus & { conditions: Conditions }, sets: Sets, now: Instant): Conditions {
  const before: DeploymentStatus = deployment.status ?? {};
  const { conditions } = status;
  const known = conditionOf(before.conditions, 'Progressing');
  const settled = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && known?.reason === REASON.complete;
  if (settled) return conditions;
  const subject = sets.current ? `ReplicaSet "${sets.current.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  if (isComplete(deployment, status)) {
    return withCondition(conditions, condition('Progressing', 'True', REASON.complete, `${subject} has successfully progressed.`, now));
  }
  if (hasProgressed(before, status)) {
    // The same reason again still counts as news: lastUpdateTime starts the deadline anew.
    const fresh = condition('Progressing', 'True', REASON.updated, `${subject} is progressing.`, now);
    const since = known?.status === 'True' ? known.lastTransitionTime : undefined;
    return [...withoutCondition(conditions, 'Progressing'), since ? { ...fresh, lastTransitionTime: since } : fresh];
  }
  if (!hasTimedOut(deployment, conditions, now)) return conditions;
  return withCondition(conditions, condition('Progressing', 'False', REASON.timedOut, `${subject} has timed out progressing.`, now));
}

/** A failure of the current set speaks before those of old ones. */
function replicaFailure(sets: Sets): Conditions[number] | undefined {
  for (const set of [...(sets.current ? [sets.current] : []), ...allOf(sets)]) {
    const found = set.status?.conditions?.find((c) => c.type === 'ReplicaFailure');
    if (found) return { ...found, ...(found.lastTransitionTime ? { lastUpdateTime: found.lastTransitionTime } : {}) };
  }
  return undefined;
}

/** All conditions of a rollout. */
export function rolloutConditions(
  deployment: Deployment,
  status: DeploymentStatus & { conditions: Conditions },
  sets: Sets,
  now: Instant,
): Conditions {
  const conditions =
    progressDeadlineSeconds(deployment) === undefined
      ? withoutCondition(status.conditions, 'Progressing')
      : progressing(deployment, status, sets, now);
  const failure = replicaFailure(sets);
  return failure ? withCondition(conditions, failure) : withoutCondition(conditions, 'ReplicaFailure');
}

/** When to look whether a rollout is stuck: a second after its deadline, as upstream rounds. */
export function progressCheckAt(deployment: Deployment, status: DeploymentStatus): Instant | undefined {
  const conditions = status.conditions ?? [];
  const reason = conditionOf(conditions, 'Progressing')?.reason;
  if (isComplete(deployment, status) || reason === REASON.timedOut || reason === REASON.complete) return undefined;
  const due = deadline(deployment, conditions);
  return due === undefined ? undefined : due + 1000;
}
