import { parseRfc3339 } from '../core/instant.ts';
import type { KubeObject } from '../core/object.ts';
import type { Txn } from '../core/txn.ts';
import { COMBINED, occurrenceId } from './occurrence.ts';
import { eventOf } from './occurrences.ts';
import type { Occurrence } from './recorder.ts';

// Models EventAggregate and the spam filter of client-go tools/record/events_cache.go, for occurrences that come many at a time. What
// client-go keeps in memory is found again from the Event that combines them.

/** So many of one reason are told one by one, */
const SINGLE_MAX = 9;
/** if the latest of them is not older than this. */
const SIMILAR_FOR_MS = 600_000;
/** A source tells so much about one object at once, */
const TOLD_MAX = 25;
/** and once more after each of these. */
const REFILL_MS = 300_000;

/**
 * How one of several like occurrences is told: by itself, combined with others, or not at all.
 * @param nth which of those that come at once, from 0
 */
export function correlated(txn: Txn, occurrence: Occurrence, nth: number): Occurrence | undefined {
  const combined = combinedBefore(txn, occurrence);
  const left = TOLD_MAX - (combined ? toldSince(combined, txn.now) : nth);
  if (left <= 0) return undefined;
  const isSimilar = combined ? txn.now - timeOf(combined.lastTimestamp) <= SIMILAR_FOR_MS : false;
  return nth < SINGLE_MAX && !isSimilar ? occurrence : { ...occurrence, message: `${COMBINED}${occurrence.message}` };
}

function combinedBefore(txn: Txn, { about, type, reason, component, host = '', fieldPath = '' }: Occurrence): KubeObject | undefined {
  const { namespace = 'default', uid = '' } = about.metadata;
  const key = eventOf(txn, occurrenceId({ namespace, uid, type, reason, message: COMBINED, component, host, fieldPath }));
  return key === undefined ? undefined : txn.get(key);
}

const timeOf = (text: unknown): number => parseRfc3339(String(text)) ?? 0;

function toldSince({ count, firstTimestamp }: KubeObject, now: number): number {
  return SINGLE_MAX + Number(count ?? 1) - Math.floor((now - timeOf(firstTimestamp)) / REFILL_MS);
}
