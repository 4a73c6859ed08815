import type { Deployment, ReplicaSet } from '../shared/objects.ts';
import { lowestRevisionFirst, sizeOf } from './sets.ts';

const NO_LIMIT = 2 ** 31 - 1;

const isSpent = (set: ReplicaSet): boolean =>
  sizeOf(set) === 0 && (set.status?.replicas ?? 0) === 0 && (set.metadata.generation ?? 0) <= (set.status?.observedGeneration ?? 0);

/** Old sets beyond the history limit, lowest revision first; those with pods stay. Models cleanupDeployment in pkg/controller/deployment/sync.go. */
export function beyondHistory(deployment: Deployment, old: readonly ReplicaSet[]): ReplicaSet[] {
  const limit = deployment.spec.revisionHistoryLimit ?? NO_LIMIT;
  const living = old.filter((set) => set.metadata.deletionTimestamp === undefined);
  if (limit === NO_LIMIT || living.length <= limit) return [];
  return lowestRevisionFirst(living)
    .slice(0, living.length - limit)
    .filter(isSpent);
}
