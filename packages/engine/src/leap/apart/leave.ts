import type { Instant } from '../../core/instant.ts';
import type { Txn } from '../../core/txn.ts';
import type { Budget, Engine, WorkQueue } from '../../settle.ts';
import { leaveOut } from './away.ts';
import { Diary, diaryOf } from './diary.ts';
import { look, ROUND_MS, roundEndBefore } from './look.ts';

/**
 * Rounds of steady tasks are left out instead of played. A CronJob and what its runs make are looked at every hour. Did they twice look
 * the same but for the time that passed and the revisions that were counted, and did the same at the same instants between, they will do
 * so again in every further hour, as long as nobody does anything that concerns them. Then only the others are played, under the
 * revisions that the steady ones leave to them, and in the end all that the steady ones would have left is put in its place.
 * So the cluster is the same, byte for byte, as if every round had been played.
 */

/** Leaves out as many rounds as it may between what is due now and `at`. Whether any was. */
export function leaveOutTasks(engine: Engine, txn: Txn, queue: WorkQueue, budget: Budget, due: Instant, at: Instant): boolean {
  // The last round is played, so that the cluster's own instant is the last one at which anything was due.
  const until = at - ROUND_MS;
  const end = roundEndBefore(due);
  if (end + ROUND_MS > until) return false;
  const diary = txn.project(diaryOf);
  if (end < txn.now || end <= diary.lookedAt) return false;
  const group = look(engine, txn, diary, end);
  // Where everything is steady, all of it is left out together: that is known by then.
  if (group) diary.patience++;
  return group !== undefined && diary.patience > 1 && end >= diary.blockedUntil && leaveOut(engine, txn, queue, budget, diary, group, until);
}

/** What was left out otherwise is in no diary. */
export const forgetDiary = (txn: Txn): void => txn.adopt(diaryOf, new Diary());
