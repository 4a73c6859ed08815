import type { Instant } from '../../core/instant.ts';
import type { Txn } from '../../core/txn.ts';
import type { Engine } from '../../settle.ts';
import { loopsWithin } from '../loops.ts';
import type { Diary, Look } from './diary.ts';
import { type Group, groupOf } from './group.ts';
import { isSchedulingQuiet } from './independence.ts';
import { Portraits, type TaskPortrait } from './portrait.ts';
import { relative } from './voice.ts';

/** A round of all loops that are left out. */
export const ROUND_MS = 3_600_000;
/** Looks are taken when hardly anybody has anything to do: cron says when, in whole minutes. */
const PHASE_MS = -50;
/** Whatever is older stays as it is. */
const HORIZON_MS = 6 * ROUND_MS;

/** The last end of a round before an instant. */
export const roundEndBefore = (at: Instant): Instant => Math.floor((at - 1 - PHASE_MS) / ROUND_MS) * ROUND_MS + PHASE_MS;

/** Looks at every task; those that look as they did a round ago, and did the same since, make a group. */
export function look(engine: Engine, txn: Txn, diary: Diary, at: Instant): Group | undefined {
  diary.lookedAt = at;
  const loops = loopsWithin(engine, txn, ROUND_MS).filter(({ controller }) => controller === 'cronjob');
  if (loops.length === 0) return undefined;
  const first = diary.entries[diary.after(at - HORIZON_MS)];
  const horizon = { at: Math.max(at - HORIZON_MS, (first?.at ?? at) - 1), revision: (first?.first ?? txn.revision + 1) - 1 };
  const portraits = new Portraits(txn, diary, loops, horizon);
  const steady = new Set<string>();
  const looks = new Map<string, Look>();
  for (const [task, portrait] of portraits.tasks) {
    const seen = lookAt(diary, portraits, portrait, at);
    const before = diary.looks.get(task);
    if (before?.at === at && before.isSteady) seen.isSteady = before.likeness === seen.likeness;
    else seen.isSteady = before?.at === at - ROUND_MS && before.likeness === seen.likeness && before.script === seen.script;
    seen.growth = before?.at === at ? before.growth : seen.isSteady ? seen.counts.map((count, i) => count - (before?.counts[i] as number)) : [];
    if (seen.isSteady) steady.add(task);
    looks.set(task, seen);
  }
  diary.looks = looks;
  diary.forgetBefore(at - HORIZON_MS);
  return steady.size > 0 && isSchedulingQuiet(txn) ? groupOf(txn, diary, portraits, steady, at, ROUND_MS) : undefined;
}

function lookAt(diary: Diary, portraits: Portraits, portrait: TaskPortrait, at: Instant): Look {
  const placeOf = (revision: number): string => {
    const entry = diary.entryOf(revision);
    return entry ? `${entry.at - at}/${revision - entry.first}` : `?${revision}`;
  };
  const script = diary.between(at - ROUND_MS, at).flatMap((entry) => {
    const count = entry.counts.get(portrait.task);
    return count === undefined ? [] : [`${entry.at - at}:${count}`];
  });
  return {
    at,
    likeness: portraits.likenessOf(portrait, relative(at, placeOf)),
    script: script.join(' '),
    isSteady: false,
    counts: portrait.counted.map(({ stored }) => stored.object.count as number),
    growth: [],
  };
}
