import { type Instant, toRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import type { ApiError } from '../../machinery/status.ts';
import { ensureCondition, newCondition, SUCCESS_CRITERIA_MET, SUSPENDED } from '../shared/job-conditions.ts';
import type { Job } from '../shared/objects.ts';
import { claimPods } from './claim.ts';
import { manage, removeActive } from './manage.ts';
import { isSuspended } from './pods.ts';
import { openRound, type Round } from './round.ts';
import { track } from './track.ts';
import { verdict } from './verdict.ts';

const isComplete = ({ job, succeeded, active }: Round): boolean =>
  active === 0 && (job.spec.completions === undefined ? succeeded > 0 : succeeded >= job.spec.completions);

/** A suspended Job has not started: it starts anew when it is resumed, and where its pods go may be changed until then. */
function noteSuspension({ record, now }: Reconcile, round: Round): void {
  const { job, status } = round;
  const suspended = isSuspended(job);
  if (suspended && status.startTime !== undefined) {
    delete status.startTime;
    round.statusChanged = true;
  }
  const wanted = suspended
    ? newCondition(SUSPENDED, 'True', 'JobSuspended', 'Job suspended', now)
    : newCondition(SUSPENDED, 'False', 'JobResumed', 'Job resumed', now);
  const after = ensureCondition(status.conditions, wanted);
  if (after === status.conditions) return;
  status.conditions = [...after];
  round.statusChanged = true;
  if (!suspended) status.startTime = toRfc3339(now);
  record(job as KubeObject, 'Normal', suspended ? 'Suspended' : 'Resumed', suspended ? 'Job suspended' : 'Job resumed');
}

function proceed(context: Reconcile, round: Round): ApiError | undefined {
  const lives = round.job.metadata.deletionTimestamp === undefined;
  const refused = lives ? manage(context, round) : undefined;
  if (isComplete(round)) {
    round.finished = newCondition(SUCCESS_CRITERIA_MET, 'True', 'CompletionsReached', 'Reached expected number of succeeded pods', context.now);
  } else if (lives) noteSuspension(context, round);
  return refused;
}

function end(context: Reconcile, round: Round): ApiError | undefined {
  const refused = removeActive(context, round);
  if (round.active > 0) round.finished = undefined;
  return refused;
}

export interface SyncResult {
  next: Instant | undefined;
  refused: ApiError | undefined;
}

/** One look at a Job that has not finished. Models syncJob in pkg/controller/job/job_controller.go. */
export function sync(context: Reconcile, job: Job): SyncResult {
  const round = openRound(context.view, job, claimPods(context, job));
  const { status } = round;
  if (status.startTime === undefined && !isSuspended(job)) status.startTime = toRfc3339(context.now);
  round.finished = verdict(round, context.now);
  const refused = round.finished ? end(context, round) : proceed(context, round);
  const before = job.status ?? {};
  if (round.active !== (before.active ?? 0) || round.ready !== before.ready || round.terminating !== before.terminating) round.statusChanged = true;
  Object.assign(status, { active: round.active, ready: round.ready, terminating: round.terminating });
  track(context, round);
  return { next: round.next, refused };
}
