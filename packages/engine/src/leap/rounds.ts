import type { Instant } from '../core/instant.ts';
import type { Txn } from '../core/txn.ts';
import type { Engine } from '../settle.ts';
import { loopsWithin } from './loops.ts';
import { portraitOf } from './portrait.ts';

/**
 * Rounds of steady loops are left out instead of played. The cluster is looked at every so often, at instants that lie a whole number of
 * rounds of all loops apart. Does it twice look the same but for the time that passed and the revisions that were counted, it will
 * do so again after every further round: then all that is left of the latest rounds is moved along, and only the rest is played.
 * So the cluster is the same, byte for byte, as if every round had been played.
 */

const HOUR_MS = 3_600_000;

/** How far apart looks are, shortest first; each holds the ones before it. Loops that do not fit into one are what it has to stop for. */
export const STRIDES_MS: readonly number[] = [HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS];

/** The latest look. */
export interface Look {
  at: Instant;
  revision: number;
  /** Revisions since the look before. */
  revisions: number;
  /** What it looked like; empty where it could not be the same as before. */
  likeness: string;
  /** Whether it looked the same as before. */
  steady: boolean;
  /** How often it has been said what is said once more each round, and how many times more that is than at the look before. */
  counts: number[];
  growth: number[];
}

export const lookKey = (strideMs: number): string => `leap/${strideMs / HOUR_MS}h`;

export const latestLook = (txn: Txn, strideMs: number): Look | undefined => txn.runtime<Look>(lookKey(strideMs));

/** Called when timers are about to fire, before anything else happens at their instant. */
export function noteRounds(engine: Engine, txn: Txn, due: Instant): void {
  let periods: number[] | undefined;
  for (const strideMs of STRIDES_MS) {
    const latest = latestLook(txn, strideMs);
    if (latest && due < latest.at + strideMs) continue;
    periods ??= periodsDue(engine, txn, due);
    if (periods.some((period) => strideMs % period === 0)) {
      txn.setRuntime(lookKey(strideMs), latest?.at === due - strideMs ? nextLook(engine, txn, due, strideMs, latest) : firstLook(txn, due));
    }
  }
}

const firstLook = ({ revision }: Txn, at: Instant): Look => ({ at, revision, revisions: 0, likeness: '', steady: false, counts: [], growth: [] });

function nextLook(engine: Engine, txn: Txn, at: Instant, strideMs: number, before: Look): Look {
  const revisions = txn.revision - before.revision;
  const portrait =
    revisions === before.revisions ? portraitOf(txn, loopsWithin(engine, txn, strideMs), { at, strideMs, since: before.revision }) : undefined;
  const likeness = portrait?.likeness() ?? '';
  const steady = likeness !== '' && likeness === before.likeness;
  const counts = portrait?.counts() ?? [];
  const growth = steady ? counts.map((count, i) => count - (before.counts[i] as number)) : [];
  return { at, revision: txn.revision, revisions, likeness, steady, counts, growth };
}

/** The periods of the loops whose turn it is. */
function periodsDue(engine: Engine, txn: Txn, due: Instant): number[] {
  const periods: number[] = [];
  for (const timer of txn.pending()) {
    if (timer.due > due) break;
    const loop = engine.controllers.get(timer.controller)?.loop?.(timer.key, txn);
    if (loop) periods.push(loop.periodMs);
  }
  return periods;
}
