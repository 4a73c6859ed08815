import type { DeploymentStatus } from '@vivakube/schema/types/apps.v1';
import type { Instant } from '../../core/instant.ts';
import type { Deployment, ReplicaSet } from '../shared/objects.ts';
import { omitEmpty } from '../shared/omit.ts';
import { type Conditions, condition, REASON, withCondition } from './conditions.ts';
import { desiredOf, maxUnavailable } from './fenceposts.ts';
import { allOf, availableOf, type Sets, sizeOf, sum } from './sets.ts';

const actualOf = (set: ReplicaSet): number => set.status?.replicas ?? 0;

/** Unknown while one of the sets has not reported. */
function terminating(sets: readonly ReplicaSet[]): number | undefined {
  const counts = sets.map((set) => set.status?.terminatingReplicas);
  return counts.reduce<number | undefined>((total, count) => (total === undefined || count === undefined ? undefined : total + count), 0);
}

function availability(deployment: Deployment, available: number, now: Instant) {
  return available >= desiredOf(deployment) - maxUnavailable(deployment)
    ? condition('Available', 'True', REASON.minimumAvailable, 'Deployment has minimum availability.', now)
    : condition('Available', 'False', REASON.minimumUnavailable, 'Deployment does not have minimum availability.', now);
}

/** The figures and the Available condition. Models calculateStatus in pkg/controller/deployment/sync.go. */
export function deploymentStatus(deployment: Deployment, sets: Sets, now: Instant): DeploymentStatus & { conditions: Conditions } {
  const all = allOf(sets);
  const availableReplicas = sum(all, availableOf);
  const terminatingReplicas = terminating(all);
  const { collisionCount, conditions = [] } = deployment.status ?? {};
  return {
    ...omitEmpty({
      observedGeneration: deployment.metadata.generation ?? 0,
      replicas: sum(all, actualOf),
      updatedReplicas: sets.current ? actualOf(sets.current) : 0,
      readyReplicas: sum(all, (set) => set.status?.readyReplicas ?? 0),
      availableReplicas,
      unavailableReplicas: Math.max(0, sum(all, sizeOf) - availableReplicas),
    }),
    ...(terminatingReplicas === undefined ? {} : { terminatingReplicas }),
    ...(collisionCount === undefined ? {} : { collisionCount }),
    conditions: withCondition(conditions, availability(deployment, availableReplicas, now)),
  } as DeploymentStatus & { conditions: Conditions };
}
