import type { Instant } from '../core/instant.ts';
import type { Backoff } from './state.ts';

// Models MaxCrashLoopBackOff, initialCrashLoopBackOff and image back-off of pkg/kubelet/kubelet.go.
const FIRST_MS = 10_000;
const MAX_MS = 300_000;
/** Models flowcontrol.Backoff.hasExpired: forgotten after twice the longest delay. */
const FORGOTTEN_AFTER_MS = 2 * MAX_MS;

const isForgotten = (backoff: Backoff | undefined, at: Instant): boolean => backoff === undefined || at - backoff.updatedAt > FORGOTTEN_AFTER_MS;

/** How long to wait, counted from an instant at which it failed. */
export const delayAfter = (backoff: Backoff | undefined, failedAt: Instant): number =>
  isForgotten(backoff, failedAt) ? 0 : (backoff as Backoff).delayMs;

/** The entry after another try, made now because of a failure back then. Models flowcontrol.Backoff.Next. */
export function nextBackoff(backoff: Backoff | undefined, failedAt: Instant, now: Instant): Backoff {
  if (isForgotten(backoff, failedAt)) return { delayMs: FIRST_MS, updatedAt: now, atMax: 0 };
  const { delayMs, atMax } = backoff as Backoff;
  return { delayMs: Math.min(MAX_MS, delayMs * 2), updatedAt: now, atMax: delayMs === MAX_MS ? atMax + 1 : 0 };
}

const FOLD_MAX_MS = 6 * 3_600_000;

/**
 * How many rounds of a loop that has reached its longest delay become one wake-up. Nobody watches a container fail for the
 * thousandth time: rounds per wake-up double up to six hours, and the wake-up accounts for all of them. A month of crashing
 * costs about 130 wake-ups instead of 8,640.
 */
export function roundsToFold(backoff: Backoff | undefined, roundMs: number): number {
  if (!backoff || backoff.delayMs < MAX_MS || backoff.atMax === 0) return 1;
  return Math.max(1, Math.min(2 ** Math.min(backoff.atMax - 1, 20), Math.floor(FOLD_MAX_MS / Math.max(1, roundMs))));
}
