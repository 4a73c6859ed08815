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

const FOLDED_SHARE = 4;
const HOUR_MS = 3_600_000;

/**
 * How many rounds of a loop that does the same again and again become one wake-up, which then accounts for all of them. The first
 * eight are played as they come (40 minutes); after that a fifth of the loop's age is skipped at a time, so that what a reader
 * sees is never older than that, and a month of crashing costs some 40 wake-ups instead of 8,640. What is an hour or longer ends with
 * the last round before a full hour, or two, or four: loops of all pods then wake up at the same times and leave the cluster in peace between.
 *
 * @param played how many rounds there were already
 * @param next when the next one ends
 */
export function roundsToFold(played: number, next: Instant, roundMs: number): number {
  const rounds = Math.max(1, Math.floor(played / FOLDED_SHARE));
  const spanMs = rounds * roundMs;
  if (spanMs < HOUR_MS) return rounds;
  const strideMs = HOUR_MS * 2 ** Math.floor(Math.log2(spanMs / HOUR_MS));
  const last = next + (rounds - 1) * roundMs;
  const meeting = last - (last % strideMs);
  return meeting < next ? rounds : 1 + Math.floor((meeting - next) / roundMs);
}
