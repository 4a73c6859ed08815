import type { DaemonSet } from '../shared/objects.ts';

// Models SurgeCount, UnavailableCount and AllowsSurge in pkg/controller/daemon/util.

/** Percentages are rounded up. */
function scaled(value: number | string | undefined, total: number): number {
  if (value === undefined) return 0;
  return typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * total) / 100);
}

export interface Limits {
  maxSurge: number;
  maxUnavailable: number;
}

export function limits({ spec }: DaemonSet, desired: number): Limits {
  const { type, rollingUpdate } = spec.updateStrategy ?? {};
  if (type !== 'RollingUpdate' || !rollingUpdate) return { maxSurge: 0, maxUnavailable: 0 };
  const maxSurge = scaled(rollingUpdate.maxSurge, desired);
  const maxUnavailable = scaled(rollingUpdate.maxUnavailable, desired);
  return { maxSurge, maxUnavailable: desired > 0 && maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable };
}

export const allowsSurge = (set: DaemonSet): boolean => limits(set, 1).maxSurge > 0;
