import type { JobCondition } from '@vivakube/schema/types/batch.v1';
import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import { FAILED, FAILURE_TARGET, newCondition, SUCCESS_CRITERIA_MET, trueCondition } from '../shared/job-conditions.ts';
import type { Job, Pod } from '../shared/objects.ts';
import { earliest } from '../shared/time.ts';
import { jobFailureMessage } from './failure-policy.ts';
import { countOf } from './intervals.ts';
import { isIndexed, isSuspended } from './pods.ts';
import type { Round } from './round.ts';
import { metSuccessRule } from './success-policy.ts';

// Models the order in which syncJob of pkg/controller/job/job_controller.go looks for a reason to end a Job.

/** Restarts of containers count where pods are not replaced. Models pastBackoffLimitOnFailure. */
function restartsExceedLimit({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec?.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue;
    for (const { restartCount } of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]) restarts += restartCount;
  }
  const limit = spec.backoffLimit ?? 0;
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

export function deadlineOf({ job, status }: Pick<Round, 'job' | 'status'>): Instant | undefined {
  const seconds = job.spec.activeDeadlineSeconds;
  const startedAt = parseRfc3339(status.startTime ?? '');
  return seconds === undefined || startedAt === undefined || isSuspended(job) ? undefined : startedAt + seconds * 1000;
}

function failureOf(round: Round, now: Instant): [reason: string, message: string] | undefined {
  const { job, pods, failed } = round;
  if (failed > (job.spec.backoffLimit ?? 0) || restartsExceedLimit(job, pods)) {
    return ['BackoffLimitExceeded', 'Job has reached the specified backoff limit'];
  }
  const deadline = deadlineOf(round);
  if (deadline !== undefined && now >= deadline) return ['DeadlineExceeded', 'Job was active longer than specified deadline'];
  round.next = earliest(round.next, deadline);
  return indexFailureOf(round);
}

function indexFailureOf({ job, failedIndexes, succeededIndexes }: Round): [reason: string, message: string] | undefined {
  if (failedIndexes === undefined) return undefined;
  const failed = countOf(failedIndexes);
  const { maxFailedIndexes, completions = 0 } = job.spec;
  if (maxFailedIndexes !== undefined && failed > maxFailedIndexes) {
    return ['MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes'];
  }
  return failed > 0 && failed + countOf(succeededIndexes) >= completions ? ['FailedIndexes', 'Job has failed indexes'] : undefined;
}

/** What was decided before stays decided. */
function decided({ status }: Round, now: Instant): JobCondition | undefined {
  const met = trueCondition(status.conditions, SUCCESS_CRITERIA_MET);
  if (met) return met;
  const target = trueCondition(status.conditions, FAILURE_TARGET);
  return target && newCondition(FAILED, 'True', target.reason ?? '', target.message ?? '', now);
}

/** Why a Job ends now, if it does; otherwise when its deadline is. */
export function verdict(round: Round, now: Instant): JobCondition | undefined {
  const before = decided(round, now);
  if (before) return before;
  const policyMessage = jobFailureMessage(round.job, round.pods);
  if (policyMessage) return newCondition(FAILURE_TARGET, 'True', 'PodFailurePolicy', policyMessage, now);
  const failure = failureOf(round, now);
  if (failure) return newCondition(FAILURE_TARGET, 'True', ...failure, now);
  const rule = isIndexed(round.job) ? metSuccessRule(round.job, round.succeededIndexes) : undefined;
  return rule === undefined ? undefined : newCondition(SUCCESS_CRITERIA_MET, 'True', 'SuccessPolicy', rule, now);
}
