import type { Instant } from '../../core/instant.ts';
import { STEP_RECONCILES_MAX } from '../../core/limits.ts';
import type { Savepoint, Txn } from '../../core/txn.ts';
import { type Budget, type Engine, playInstant, type WorkQueue } from '../../settle.ts';
import { comeBack } from './back.ts';
import { concerns } from './bystander.ts';
import { type Diary, diaryOf } from './diary.ts';
import type { Group } from './group.ts';

/** What was really played while a group was away. */
export interface Played {
  since: Savepoint;
  /** How many writes had been played before each of the instants. */
  instants: { at: Instant; before: number }[];
  writes: number;
}

type End = 'done' | 'concerned' | 'budget';

/** Lets time pass for everybody but a group, whose rounds are only counted. Whether any round was left out. */
export function leaveOut(engine: Engine, txn: Txn, queue: WorkQueue, budget: Budget, diary: Diary, group: Group, until: Instant): boolean {
  const since = txn.savepoint();
  const began = txn.now;
  const played: Played = { since, instants: [], writes: 0 };
  const { onEvent } = txn;
  const state = { isConcerned: false };
  txn.onEvent = (event) => {
    state.isConcerned ||= concerns(group, txn, event);
    onEvent(event);
  };
  for (const { timers } of group.tasks.values()) for (const { controller, key } of timers) txn.setTimer(controller, key, undefined);
  let rounds = 0;
  let end: End = 'done';
  let fault = group.at;
  while (group.at + (rounds + 1) * group.roundMs <= until) {
    const mark = txn.savepoint();
    const before = { now: txn.now, budget: { ...budget }, instants: played.instants.length, writes: played.writes };
    const roundEnd = group.at + (rounds + 1) * group.roundMs;
    end = playUntil(engine, txn, queue, budget, diary, group, roundEnd, played, state);
    if (end === 'done') {
      txn.keep();
      rounds++;
      continue;
    }
    fault = txn.now;
    txn.rollback(mark);
    txn.rewind(before.now);
    queue.clear();
    diary.truncate(group.at + rounds * group.roundMs);
    txn.adopt(diaryOf, diary);
    played.instants.length = before.instants;
    played.writes = before.writes;
    const isTooMuch = end === 'budget' && rounds === 0 && before.budget.reconciles === STEP_RECONCILES_MAX;
    if (end === 'concerned' || isTooMuch) Object.assign(budget, before.budget);
    if (end === 'concerned') diary.blockedUntil = fault;
    if (isTooMuch) diary.blockedUntil = roundEnd;
    else if (end === 'budget') diary.lookedAt = Number.NEGATIVE_INFINITY;
    break;
  }
  txn.onEvent = onEvent;
  if (rounds > 0) {
    comeBack(txn, diary, group, rounds, played);
    txn.keep();
    diary.lookedAt = end === 'concerned' ? group.at + rounds * group.roundMs : Number.NEGATIVE_INFINITY;
    return true;
  }
  txn.rollback(since);
  txn.rewind(began);
  txn.adopt(diaryOf, diary);
  return false;
}

function playUntil(
  engine: Engine,
  txn: Txn,
  queue: WorkQueue,
  budget: Budget,
  diary: Diary,
  group: Group,
  until: Instant,
  played: Played,
  state: { isConcerned: boolean },
): End {
  for (let due = txn.nextDue(); due !== undefined && due <= until; due = txn.nextDue()) {
    const { writes, isHit } = group.script.until(due);
    if (isHit) {
      txn.advance(Math.max(due, txn.now));
      return 'concerned';
    }
    if (budget.timers <= 0) return 'budget';
    const first = played.since.revision + writes + played.writes;
    txn.skipTo(first);
    const isSettled = playInstant(engine, txn, queue, budget, due);
    if (txn.revision > first) played.instants.push({ at: due, before: played.writes });
    played.writes += txn.revision - first;
    if (state.isConcerned || txn.project(diaryOf) !== diary) {
      state.isConcerned = false;
      return 'concerned';
    }
    if (!isSettled) return 'budget';
  }
  return 'done';
}
