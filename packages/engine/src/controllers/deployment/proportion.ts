import type { Deployment, ReplicaSet } from '../shared/objects.ts';
import { DESIRED_REPLICAS, MAX_REPLICAS, sizeAnnotation } from './annotations.ts';
import { desiredOf, isRollingUpdate, maxSurge } from './fenceposts.ts';
import { active, allOf, availableOf, largestNewestFirst, largestOldestFirst, newestFirst, type Resize, type Sets, sizeOf, sum } from './sets.ts';

// Models scale in pkg/controller/deployment/sync.go and its helpers in pkg/controller/deployment/util.

/** The only set with pods, or the newest where none has any; undefined where several have. */
function onlyActiveOrLatest({ current, old }: Sets): ReplicaSet | undefined {
  const running = active(allOf({ current, old }));
  if (running.length === 0) return current ?? newestFirst(old)[0];
  return running.length === 1 ? running[0] : undefined;
}

const isSaturated = (deployment: Deployment, set: ReplicaSet | undefined): boolean =>
  set !== undefined &&
  sizeOf(set) === desiredOf(deployment) &&
  sizeAnnotation(set, DESIRED_REPLICAS) === desiredOf(deployment) &&
  availableOf(set) === desiredOf(deployment);

/** Halves away from zero, as Go's integer.RoundToInt32. */
const round = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

/** What a set's share of the change would be. Models getReplicaSetFraction. */
function fraction(deployment: Deployment, set: ReplicaSet): number {
  const size = sizeOf(set);
  if (desiredOf(deployment) === 0) return -size;
  const before = sizeAnnotation(set, MAX_REPLICAS) || (deployment.status?.replicas ?? 0);
  if (before === 0) return 0;
  return round((size * (desiredOf(deployment) + maxSurge(deployment))) / before) - size;
}

function proportion(deployment: Deployment, set: ReplicaSet, toAdd: number, added: number): number {
  if (sizeOf(set) === 0 || toAdd === 0 || toAdd === added) return 0;
  const share = fraction(deployment, set);
  return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
}

/** Spreads a change of size over the sets of a rollout that is under way. */
function spread(deployment: Deployment, sets: Sets): Resize[] {
  const running = active(allOf(sets));
  const allowed = desiredOf(deployment) > 0 ? desiredOf(deployment) + maxSurge(deployment) : 0;
  const toAdd = allowed - sum(running, sizeOf);
  const ordered = toAdd > 0 ? largestNewestFirst(running) : toAdd < 0 ? largestOldestFirst(running) : running;
  let added = 0;
  const resizes = ordered.map((set) => {
    const share = proportion(deployment, set, toAdd, added);
    added += share;
    return { set, replicas: sizeOf(set) + share };
  });
  const largest = resizes[0];
  if (largest && toAdd !== 0) largest.replicas = Math.max(0, largest.replicas + toAdd - added);
  return resizes;
}

/** Whether the Deployment was resized since its sets were last. Models isScalingEvent. */
export function isResized(deployment: Deployment, sets: Sets): boolean {
  return active(allOf(sets)).some((set) => {
    const desired = sizeAnnotation(set, DESIRED_REPLICAS);
    return desired !== undefined && desired !== desiredOf(deployment);
  });
}

/** Sizes after the Deployment was resized, or while it is paused. A set that keeps its size is named all the same: its annotations may be outdated. */
export function rescale(deployment: Deployment, sets: Sets): Resize[] {
  const only = onlyActiveOrLatest(sets);
  if (only) return [{ set: only, replicas: desiredOf(deployment) }];
  if (isSaturated(deployment, sets.current)) return active(sets.old).map((set) => ({ set, replicas: 0 }));
  return isRollingUpdate(deployment) ? spread(deployment, sets) : [];
}
