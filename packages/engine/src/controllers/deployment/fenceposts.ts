import type { Deployment } from '../shared/objects.ts';

// Models ResolveFenceposts, MaxSurge and MaxUnavailable in pkg/controller/deployment/util/deployment_util.go.

export const desiredOf = (deployment: Deployment): number => deployment.spec.replicas ?? 1;

export const isRollingUpdate = (deployment: Deployment): boolean => (deployment.spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';

/** A count as given, or a share of the total. */
export function scaledValue(value: number | string | undefined, total: number, round: (share: number) => number): number {
  if (typeof value !== 'string') return value ?? 0;
  return round((Number.parseInt(value, 10) * total) / 100);
}

/** How many pods more and how many fewer than desired a rollout may have. Both zero would never move, so one is let go. */
export function fenceposts(deployment: Deployment): { surge: number; unavailable: number } {
  if (!isRollingUpdate(deployment)) return { surge: 0, unavailable: 0 };
  const desired = desiredOf(deployment);
  const { maxSurge, maxUnavailable } = deployment.spec.strategy?.rollingUpdate ?? {};
  const surge = scaledValue(maxSurge, desired, Math.ceil);
  const unavailable = scaledValue(maxUnavailable, desired, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

export const maxSurge = (deployment: Deployment): number => fenceposts(deployment).surge;

export const maxUnavailable = (deployment: Deployment): number => Math.min(fenceposts(deployment).unavailable, desiredOf(deployment));
