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
export function nextBackoff(backoff: Backoff | undefined, failedAt: Instant, now: Instant, rounds = 1): Backoff {
  if (isForgotten(backoff, failedAt)) return { delayMs: FIRST_MS, updatedAt: now, atMax: 0 };
  const { delayMs, atMax } = backoff as Backoff;
  return { delayMs: Math.min(MAX_MS, delayMs * 2), updatedAt: now, atMax: delayMs === MAX_MS ? atMax + rounds : 0 };
}

/**
 * How many rounds of a loop that has reached its longest delay become one wake-up, which then accounts for all of them. The first
 * eight are played as they come (40 minutes); after that a fifth of the loop's age is skipped at a time, so that what a reader
 * sees is never older than that, and a month of crashing costs some 40 wake-ups instead of 8,640.
 */
export const roundsToFold = (backoff: Backoff | undefined): number => Math.max(1, Math.floor((backoff?.atMax ?? 0) / FOLDED_SHARE));

const FOLDED_SHARE = 4;
