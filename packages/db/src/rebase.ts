import { chanceUuid, type Instant, parseRfc3339, toRfc3339, toRfc3339Micro } from '@vivakube/engine/core';

/** Templates are made on this day, with uids that begin like this, so that both can be told from anything a user wrote. */
export const TEMPLATE_EPOCH: Instant = 978_307_200_000;
export const TEMPLATE_UID_PREFIX = '00000000-0000-4000-8000-';

const DAY_MS = 86_400_000;
const TIMESTAMP = /2001-01-01T\d\d:\d\d:\d\d(?:\.\d{6})?Z/g;
const EPOCH_MS = /(?<![\d.])978[34]\d{8}(?![\d.])/g;
const UID_PREFIX = new RegExp(TEMPLATE_UID_PREFIX, 'g');

export interface Birth {
  seed: string;
  bornAt: Instant;
}

/** Makes the texts of a template's snapshot those of one cluster: its own uids, and the template's last instant becomes its birth. */
export type Rebase = (chunks: readonly string[], birth: Birth) => string[];

export const rebaseTemplate: Rebase = (chunks, birth) => {
  const [head, ...rest] = chunks as [string, ...string[]];
  const parsed = JSON.parse(head) as { now: Instant };
  const shiftMs = birth.bornAt - parsed.now;
  const uidPrefix = chanceUuid(birth.seed, 'template').slice(0, TEMPLATE_UID_PREFIX.length);
  const rewrite = (text: string): string => shiftNumbers(shiftTimestamps(text, shiftMs), shiftMs).replace(UID_PREFIX, uidPrefix);
  return [JSON.stringify({ ...parsed, now: birth.bornAt, seed: birth.seed }), ...rest.map(rewrite)];
};

function shiftTimestamps(text: string, shiftMs: number): string {
  return text.replace(TIMESTAMP, (found) => {
    const at = parseRfc3339(found);
    if (at === undefined) return found;
    return found.includes('.') ? toRfc3339Micro(at + shiftMs) : toRfc3339(at + shiftMs);
  });
}

/** Timers and simulated internals hold instants as milliseconds; API objects never do. */
function shiftNumbers(text: string, shiftMs: number): string {
  if (!/^[rt]\t/.test(text)) return text;
  return text.replace(EPOCH_MS, (found) => {
    const at = Number(found);
    return at >= TEMPLATE_EPOCH && at < TEMPLATE_EPOCH + DAY_MS ? String(at + shiftMs) : found;
  });
}
