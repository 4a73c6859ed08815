import type { JobCondition } from '@vivakube/schema/types/batch.v1';
import { type Instant, toRfc3339 } from '../../core/instant.ts';
import type { Job } from './objects.ts';

// Models the condition helpers of pkg/controller/job/job_controller.go and pkg/controller/job/util.
export const COMPLETE = 'Complete';
export const FAILED = 'Failed';
export const FAILURE_TARGET = 'FailureTarget';
export const SUCCESS_CRITERIA_MET = 'SuccessCriteriaMet';
export const SUSPENDED = 'Suspended';

export function newCondition(type: string, status: 'True' | 'False', reason: string, message: string, now: Instant): JobCondition {
  const time = toRfc3339(now);
  return { type, status, lastProbeTime: time, lastTransitionTime: time, ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
}

export const conditionOf = (conditions: readonly JobCondition[] | undefined, type: string): JobCondition | undefined =>
  conditions?.find((condition) => condition.type === type);

export const trueCondition = (conditions: readonly JobCondition[] | undefined, type: string): JobCondition | undefined =>
  conditions?.find((condition) => condition.type === type && condition.status === 'True');

/** Complete or Failed, whichever it is. */
export const finishedCondition = (job: Pick<Job, 'status'>): JobCondition | undefined =>
  job.status?.conditions?.find(({ type, status }) => (type === COMPLETE || type === FAILED) && status === 'True');

/** The same list where nothing changes. A condition that never was is not added as false. */
export function ensureCondition(conditions: readonly JobCondition[], wanted: JobCondition): readonly JobCondition[] {
  const known = conditionOf(conditions, wanted.type);
  if (!known) return wanted.status === 'False' ? conditions : [...conditions, wanted];
  const same = known.status === wanted.status && (known.reason ?? '') === (wanted.reason ?? '') && (known.message ?? '') === (wanted.message ?? '');
  return same ? conditions : conditions.map((condition) => (condition === known ? wanted : condition));
}
