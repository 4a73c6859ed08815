import type { Instant } from '../core/instant.ts';
import type { Projection } from '../core/projection.ts';
import type { Txn } from '../core/txn.ts';
import type { Engine } from '../settle.ts';
import { loopsWithin, type Running } from './loops.ts';
import { type Portrait, portraitOf } from './portrait.ts';

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
  /** What it looked like; empty where that could not be told. */
  likeness: string;
  /** Whether it looked the same as before. */
  steady: boolean;
  /** How often it has been said what is said once more each round, and how many times more that is than at the look before. */
  counts: number[];
  growth: number[];
}

/** Nobody looked, because a shorter stride will do: only when that was found is kept. */
export interface Skipped {
  at: Instant;
  skipped: true;
}

/** By stride. They are there only while a process stays with a cluster: without them rounds are played until they are known again. */
const looks: Projection<Map<number, Look | Skipped>> = { name: 'looks', build: () => new Map(), apply: () => {}, isLasting: true };

export const latestLook = (txn: Txn, strideMs: number): Look | Skipped | undefined => txn.project(looks).get(strideMs);

export const keepLook = (txn: Txn, strideMs: number, look: Look | Skipped): unknown => txn.project(looks).set(strideMs, look);

/** What a look saw, for who wants to go on from there. */
export type Portraits = ReadonlyMap<number, Portrait>;

/** Called when timers are about to fire, before anything else happens at their instant. */
export function noteRounds(engine: Engine, txn: Txn, due: Instant): Portraits {
  const portraits = new Map<number, Portrait>();
  let periods: number[] | undefined;
  for (const strideMs of STRIDES_MS) {
    const latest = latestLook(txn, strideMs);
    if (latest && due < latest.at + strideMs) continue;
    periods ??= periodsDue(engine, txn, due);
    if (!periods.some((period) => strideMs % period === 0)) continue;
    keepLook(txn, strideMs, lookAgain(engine, txn, due, strideMs, latest, portraits));
  }
  return portraits;
}

function lookAgain(
  engine: Engine,
  txn: Txn,
  at: Instant,
  strideMs: number,
  before: Look | Skipped | undefined,
  portraits: Map<number, Portrait>,
): Look | Skipped {
  const loops = loopsWithin(engine, txn, strideMs);
  if (!needsStride(txn, loops, at, strideMs)) return { at, skipped: true };
  const { revision } = txn;
  const nothing = { at, revision, revisions: 0, likeness: '', steady: false, counts: [], growth: [] };
  if (!before || 'skipped' in before || before.at !== at - strideMs) return nothing;
  const portrait = portraitOf(txn, loops, { at, strideMs, since: before.revision });
  const likeness = portrait?.likeness() ?? '';
  if (!portrait || likeness === '') return { ...nothing, revisions: revision - before.revision };
  portraits.set(strideMs, portrait);
  const steady = likeness === before.likeness && revision - before.revision === before.revisions;
  const counts = portrait.counts();
  const growth = steady ? counts.map((count, i) => count - (before.counts[i] as number)) : [];
  return { at, revision, revisions: revision - before.revision, likeness, steady, counts, growth };
}

/** Whether there are loops that a shorter stride has no room for, or that are not steady from one such stride to the next. */
function needsStride(txn: Txn, loops: readonly Running[], at: Instant, strideMs: number): boolean {
  return STRIDES_MS.filter((shorter) => shorter < strideMs).every((shorter) => {
    const look = latestLook(txn, shorter);
    return !look || 'skipped' in look || look.at !== at || !look.steady || loops.some(({ loop }) => shorter % loop.periodMs !== 0);
  });
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
