import type { Instant } from '../../core/instant.ts';
import type { Pod } from '../shared/objects.ts';
import { finishedAt } from './pods.ts';

// Models pkg/controller/job/backoff_utils.go.
export const BACKOFF_BASE_MS = 10_000;
export const BACKOFF_MAX_MS = 600_000;

/** Failures of a Job's pods since one succeeded. */
export interface BackoffRecord {
  failures: number;
  lastFailureAt?: Instant;
}

export const NO_FAILURES: BackoffRecord = { failures: 0 };

const latest = (instants: readonly Instant[]): Instant => instants.reduce((a, b) => Math.max(a, b));

export function nextRecord(known: BackoffRecord, succeeded: readonly Pod[], failed: readonly Pod[]): BackoffRecord {
  const failures = failed.map(finishedAt);
  if (succeeded.length === 0) {
    return failures.length === 0 ? known : { failures: known.failures + failures.length, lastFailureAt: latest(failures) };
  }
  const lastSuccessAt = latest(succeeded.map(finishedAt));
  const after = failures.filter((at) => at > lastSuccessAt);
  return after.length === 0 ? NO_FAILURES : { failures: after.length, lastFailureAt: latest(after) };
}

export const delayMs = (failures: number): number =>
  failures === 0 ? 0 : Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** Math.min(failures - 1, 30));

/** From when on new pods may be made; undefined for at once. */
export function resumesAt({ failures, lastFailureAt }: BackoffRecord, now: Instant, lateMs = 0): Instant | undefined {
  if (failures === 0 || lastFailureAt === undefined) return undefined;
  const at = lastFailureAt + delayMs(failures) + lateMs;
  return at > now ? at : undefined;
}
