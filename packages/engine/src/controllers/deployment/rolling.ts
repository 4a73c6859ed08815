import type { Deployment, ReplicaSet } from '../shared/objects.ts';
import { desiredOf, isRollingUpdate, maxSurge, maxUnavailable } from './fenceposts.ts';
import { allOf, availableOf, oldestFirst, type Resize, type Sets, sizeOf, sum } from './sets.ts';

/** How large the current ReplicaSet may be now. Models NewRSNewReplicas in pkg/controller/deployment/util. */
export function currentSetSize(deployment: Deployment, size: number, totalSize: number): number {
  const desired = desiredOf(deployment);
  if (!isRollingUpdate(deployment)) return desired;
  const room = desired + maxSurge(deployment) - totalSize;
  return room <= 0 ? size : size + Math.min(room, desired - size);
}

/** Models reconcileNewReplicaSet in pkg/controller/deployment/rolling.go. */
export function resizeCurrent(deployment: Deployment, sets: Sets): Resize | undefined {
  const set = sets.current;
  if (!set) return undefined;
  const size = sizeOf(set);
  const desired = desiredOf(deployment);
  if (size === desired) return undefined;
  const replicas = size > desired ? desired : currentSetSize(deployment, size, sum(allOf(sets), sizeOf));
  return replicas === size ? undefined : { set, replicas };
}

/** Sizes while a plan is made: each step sees what the ones before it did. */
class Plan {
  readonly steps: Resize[] = [];
  private readonly sizes = new Map<string, number>();

  size(set: ReplicaSet): number {
    return this.sizes.get(set.metadata.name) ?? sizeOf(set);
  }

  shrink(set: ReplicaSet, by: number): void {
    const replicas = this.size(set) - by;
    this.sizes.set(set.metadata.name, replicas);
    this.steps.push({ set, replicas });
  }
}

/** A set that was just made smaller still reports the pods that it is about to lose. Models the refusal of such figures in cleanupUnhealthyReplicas. */
const servingOf = (set: ReplicaSet): number => Math.min(availableOf(set), sizeOf(set));

/** Pods that do not serve anyway go first. Models cleanupUnhealthyReplicas. */
function dropUnhealthy(plan: Plan, old: readonly ReplicaSet[], budget: number): void {
  let left = budget;
  for (const set of old) {
    const unhealthy = Math.min(left, plan.size(set) - servingOf(set));
    if (left <= 0) return;
    if (plan.size(set) === 0 || unhealthy <= 0) continue;
    plan.shrink(set, unhealthy);
    left -= unhealthy;
  }
}

/** Models scaleDownOldReplicaSetsForRollingUpdate. */
function dropSurplus(plan: Plan, old: readonly ReplicaSet[], surplus: number): void {
  let left = surplus;
  for (const set of old) {
    if (left <= 0) return;
    const count = Math.min(plan.size(set), left);
    if (count === 0) continue;
    plan.shrink(set, count);
    left -= count;
  }
}

/** Models reconcileOldReplicaSets in pkg/controller/deployment/rolling.go. */
export function shrinkOld(deployment: Deployment, sets: Sets): Resize[] {
  const { current } = sets;
  const total = sum(allOf(sets), sizeOf);
  const minAvailable = desiredOf(deployment) - maxUnavailable(deployment);
  const starting = current ? sizeOf(current) - servingOf(current) : 0;
  const budget = total - minAvailable - starting;
  if (sum(sets.old, sizeOf) === 0 || budget <= 0) return [];
  const plan = new Plan();
  const old = oldestFirst(sets.old);
  dropUnhealthy(plan, old, budget);
  dropSurplus(plan, old, sum(allOf(sets), servingOf) - minAvailable);
  return plan.steps;
}
