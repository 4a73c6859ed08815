import type { Instant } from '../core/instant.ts';

/** What is remembered of a pod that found no node, under `scheduler/waiting/<pod key>`. */
export interface Waiting {
  uid: string;
  priority: number;
  attempts: number;
  /** The first attempt. */
  since: Instant;
  lastAttemptAt: Instant;
  /** Plugins that rejected it: only what they are helped by counts. */
  plugins: string[];
  /** The pod as it was tried: a change of it is worth another attempt at once. */
  generation: number;
}

// Models DefaultPodInitialBackoffDuration and DefaultPodMaxBackoffDuration of pkg/scheduler/backend/queue.
const BACKOFF_FIRST_MS = 1000;
const BACKOFF_MAX_MS = 10_000;
/** Models DefaultPodMaxInUnschedulablePodsDuration. */
const FLUSH_MS = 300_000;
const FLUSH_SHARE = 4;

/** The earliest instant of another attempt after something happened that may help. */
export function backoffUntil(waiting: Waiting, instantly: boolean): Instant {
  if (instantly) return waiting.lastAttemptAt;
  return waiting.lastAttemptAt + Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(10, waiting.attempts - 1));
}

/**
 * When to try again although nothing happened. Upstream does so every five minutes as a safety net; here an attempt in an unchanged
 * cluster can only fail the same way, so pauses grow with the time already waited: a month of it takes some 40 attempts, not 8,640.
 */
export const flushAt = ({ lastAttemptAt, since }: Waiting): Instant =>
  lastAttemptAt + Math.max(FLUSH_MS, Math.floor((lastAttemptAt - since) / FLUSH_SHARE));
