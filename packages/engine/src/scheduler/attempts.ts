import type { Instant } from '../core/instant.ts';
import type { ObjectKey } from '../core/key.ts';
import type { View } from '../core/txn.ts';

export const WAITING = 'scheduler/waiting/';
export const waitingOf = (view: View, podKey: ObjectKey): Waiting | undefined => view.runtime<Waiting>(WAITING + podKey);

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
  /** The node it goes to as soon as what it needs there is ready: volumes, or the room of pods that are on their way out. */
  node?: string;
  /** Only the volumes are still to come: nobody has to hear of it. */
  assumed?: boolean;
  /** Since when that is all it waits for. */
  assumedAt?: Instant;
}

// Models DefaultPodInitialBackoffDuration and DefaultPodMaxBackoffDuration of pkg/scheduler/backend/queue.
const BACKOFF_FIRST_MS = 1000;
const BACKOFF_MAX_MS = 10_000;
/** Models DefaultPodMaxInUnschedulablePodsDuration. */
const FLUSH_MS = 300_000;
const FLUSHED_FOR_MS = 3_600_000;

/** Models bindTimeoutSeconds of VolumeBindingArgs. */
const BIND_TIMEOUT_MS = 600_000;

/** When volumes that are still to come have taken too long. */
export const bindDeadline = ({ assumedAt, lastAttemptAt }: Waiting): Instant => (assumedAt ?? lastAttemptAt) + BIND_TIMEOUT_MS;

/** The earliest instant of another attempt after something happened that may help. */
export function backoffUntil(waiting: Waiting, instantly: boolean): Instant {
  if (instantly) return waiting.lastAttemptAt;
  return waiting.lastAttemptAt + Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(10, waiting.attempts - 1));
}

/**
 * When to try again although nothing happened. Upstream does so every five minutes as a safety net; here an attempt in an unchanged
 * cluster can only fail the same way, so after an hour of it the pod is left alone until something happens.
 */
export const flushAt = ({ lastAttemptAt, since }: Waiting): Instant | undefined =>
  lastAttemptAt - since >= FLUSHED_FOR_MS ? undefined : lastAttemptAt + FLUSH_MS;
