import { type Instant, parseRfc3339, toRfc3339, toRfc3339Micro } from './core/instant.ts';
import type { KubeObject } from './core/object.ts';
import type { Timer } from './core/timers.ts';
import type { Txn } from './core/txn.ts';
import type { Loop } from './machinery/controller.ts';
import type { Engine } from './settle.ts';

/**
 * Rounds of a steady loop are left out instead of played. Once every round for as long as anything is remembered took the same time and
 * the same number of revisions, nothing else happens in the cluster, and a round's outcome depends on its instant and revision alone:
 * what is left of the last rounds is moved along in time, revisions are counted on, and the rounds that will still be remembered
 * at the end are played. So the cluster is the same, byte for byte, as if every round had been played.
 */

/** A catch-up this short is not worth a look. */
const SHORT_MS = 2 * 3_600_000;

/** What is known of a loop's rounds. */
interface Rounds {
  at: Instant;
  revision: number;
  everyMs: number;
  revisions: number;
  /** Since when each round was like the one before it. */
  since: Instant;
}

const noteKey = ({ controller, key }: Pick<Timer, 'controller' | 'key'>): string => `loop/${controller}|${key}`;

/** Called when a timer fires, before anything else happens at its instant. */
export function noteRound(engine: Engine, txn: Txn, timer: Timer): void {
  if (!engine.controllers.get(timer.controller)?.loop) return;
  const known = txn.runtime<Rounds>(noteKey(timer));
  const { now, revision } = txn;
  const everyMs = known ? now - known.at : 0;
  const revisions = known ? revision - known.revision : 0;
  const same = known?.everyMs === everyMs && known.revisions === revisions;
  txn.setRuntime(noteKey(timer), { at: now, revision, everyMs, revisions, since: same ? known.since : now } satisfies Rounds);
}

interface Running {
  timer: Timer;
  loop: Loop;
}

const loopOf = (engine: Engine, txn: Txn, timer: Timer): Loop | undefined => engine.controllers.get(timer.controller)?.loop?.(timer.key, txn);

/** The loop whose turn it is, if it has been steady for as long as it remembers. */
function steadyLoop(engine: Engine, txn: Txn, timer: Timer): (Running & { revisions: number }) | undefined {
  const notes = txn.runtime<Rounds>(noteKey(timer));
  if (!notes) return undefined;
  const loop = loopOf(engine, txn, timer);
  if (!loop || notes.everyMs !== loop.periodMs || timer.due - notes.at !== loop.periodMs) return undefined;
  if (txn.revision - notes.revision !== notes.revisions || notes.at - notes.since < loop.memoryRounds * loop.periodMs) return undefined;
  return { timer, loop, revisions: notes.revisions };
}

/** Everything that moves along, and when the first thing is due that does not. */
function companions(engine: Engine, txn: Txn, pending: readonly Timer[], { timer, loop }: Running) {
  const others = pending.filter((other) => other !== timer && engine.controllers.get(other.controller)?.loop);
  const loops: Running[] = [{ timer, loop }];
  for (const other of others) {
    const its = loopOf(engine, txn, other);
    if (its && loop.periodMs % its.periodMs === 0) loops.push({ timer: other, loop: its });
  }
  const members = new Set(loops.flatMap((each) => each.loop.members));
  const own = new Set(loops.map((each) => each.timer));
  const moving = pending.filter((other) => own.has(other) || members.has(other.key));
  const foreign = pending.find((other) => !own.has(other) && !members.has(other.key));
  return { loops, members, moving, boundary: foreign?.due };
}

/** Leaves out as many rounds as it may before `at`; whether it left out any. */
export function leap(engine: Engine, txn: Txn, at: Instant): boolean {
  const due = txn.nextDue();
  if (due === undefined || at - due < SHORT_MS) return false;
  const pending = txn.pending();
  for (const timer of pending) {
    if (timer.due !== due) return false;
    const steady = steadyLoop(engine, txn, timer);
    if (steady && leave(engine, txn, pending, steady, at)) return true;
  }
  return false;
}

function leave(engine: Engine, txn: Txn, pending: readonly Timer[], steady: Running & { revisions: number }, at: Instant): boolean {
  const { loop, revisions, timer } = steady;
  const { loops, members, moving, boundary } = companions(engine, txn, pending, steady);
  const until = boundary === undefined ? at : Math.min(at, boundary - 1);
  const rounds = Math.floor((until - timer.due) / loop.periodMs) - loop.memoryRounds;
  if (rounds < 1 || rounds * revisions <= members.size + loops.length) return false;
  const ms = rounds * loop.periodMs;
  const target = txn.revision + rounds * revisions;
  quietly(txn, () => {
    for (const key of members) moveObject(txn, key, ms);
    for (const each of loops) moveStatus(txn, each.timer.key, ms);
  });
  for (const each of moving) txn.setTimer(each.controller, each.key, each.due + ms);
  for (const each of loops) moveNotes(txn, each.timer, ms, rounds * revisions);
  txn.leap(target);
  return true;
}

/** Nobody is woken: for everybody who looks, all is as it was, only later. */
function quietly(txn: Txn, work: () => void): void {
  const { onEvent } = txn;
  txn.onEvent = () => {};
  work();
  txn.onEvent = onEvent;
}

function moveNotes(txn: Txn, timer: Timer, ms: number, revisions: number): void {
  const notes = txn.runtime<Rounds>(noteKey(timer));
  if (notes) txn.setRuntime(noteKey(timer), { ...notes, at: notes.at + ms, revision: notes.revision + revisions });
}

function moveObject(txn: Txn, key: string, ms: number): void {
  const object = txn.get(key);
  if (object) txn.put(key, moved(object, ms) as KubeObject);
}

function moveStatus(txn: Txn, key: string, ms: number): void {
  const object = txn.get(key);
  if (object?.status) txn.put(key, { ...object, metadata: { ...object.metadata }, status: moved(object.status, ms) });
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/;

/** A copy whose instants are later. */
function moved(value: unknown, ms: number): unknown {
  if (typeof value === 'string') return TIME.test(value) ? later(value, ms) : value;
  if (Array.isArray(value)) return value.map((item) => moved(item, ms));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moved(item, ms)]));
}

function later(text: string, ms: number): string {
  const at = (parseRfc3339(text) as Instant) + ms;
  return text.includes('.') ? toRfc3339Micro(at) : toRfc3339(at);
}
