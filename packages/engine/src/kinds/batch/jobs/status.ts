import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, invalid, required } from '../../../machinery/field.ts';
import { invalidBare } from '../../rules/errors.ts';
import { allNonNegative } from '../../rules/numbers.ts';
import type { Part } from '../../shared/fields.ts';
import { indexesProblem } from './indexes.ts';

// Models validateJobStatus and ValidateJobStatusUpdate in pkg/apis/batch/validation/validation.go.
const isTrue = (job: KubeObject, type: string): boolean =>
  (job.status?.conditions ?? []).some((condition: Part) => condition.type === type && condition.status === 'True');

const isFinished = (job: KubeObject): boolean => isTrue(job, 'Complete') || isTrue(job, 'Failed');

function validateUncounted(pods: Part, path: string): FieldError[] {
  const seen = new Set<string>();
  return ['succeeded', 'failed'].flatMap((list) =>
    (pods?.[list] ?? []).flatMap((uid: string, i: number) => {
      const at = `${path}.${list}[${i}]`;
      if (uid === '') return [invalid(at, uid, 'must not be empty')];
      if (seen.has(uid)) return [duplicate(at, uid)];
      seen.add(uid);
      return [];
    }),
  );
}

/** Conditions that cannot stand beside each other. */
function validateConditions(job: KubeObject, path: string): FieldError[] {
  const [complete, failed] = [isTrue(job, 'Complete'), isTrue(job, 'Failed')];
  const [target, criteria] = [isTrue(job, 'FailureTarget'), isTrue(job, 'SuccessCriteriaMet')];
  const clashes: [boolean, string][] = [
    [complete && failed, 'cannot set Complete=True and Failed=true conditions'],
    [complete && target, 'cannot set Complete=True and FailureTarget=true conditions'],
    [failed && !target, 'cannot set Failed=True condition without the FailureTarget=true condition'],
    [complete && !criteria, 'cannot set Complete=True condition without the SuccessCriteriaMet=true condition'],
    [criteria && failed, 'cannot set SuccessCriteriaMet=True and Failed=true conditions'],
    [criteria && target, 'cannot set SuccessCriteriaMet=True and FailureTarget=true conditions'],
  ];
  return clashes.filter(([clash]) => clash).map(([, detail]) => invalidBare(path, detail));
}

function validateTimes(job: KubeObject): FieldError[] {
  const { completionTime, startTime } = job.status;
  const complete = isTrue(job, 'Complete');
  const path = 'status.completionTime';
  const errors: FieldError[] = [];
  if (completionTime && !complete) errors.push(invalid(path, completionTime, 'cannot set completionTime when there is no Complete=True condition'));
  if (!completionTime && complete) errors.push(required(path, 'completionTime is required for Complete jobs'));
  if (startTime && completionTime && completionTime < startTime) {
    errors.push(invalid(path, completionTime, 'completionTime cannot be set before startTime'));
  }
  if (!startTime && isFinished(job)) errors.push(required('status.startTime', 'startTime is required for finished job'));
  return errors;
}

function validateFinished(job: KubeObject): FieldError[] {
  if (!isFinished(job)) return [];
  const { active = 0, terminating = 0, uncountedTerminatedPods: uncounted } = job.status;
  const errors: FieldError[] = [];
  if (active > 0) errors.push(invalid('status.active', active, 'active>0 is invalid for finished job'));
  if (uncounted && (uncounted.failed?.length ?? 0) + (uncounted.succeeded?.length ?? 0) > 0) {
    errors.push(invalid('status.uncountedTerminatedPods', uncounted, 'uncountedTerminatedPods needs to be empty for finished job'));
  }
  if (terminating > 0) errors.push(invalid('status.terminating', terminating, 'terminating>0 is invalid for finished job'));
  return errors;
}

function validateIndexes({ spec, status }: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  const check = (field: string, text: string): void => {
    const problem = spec.completions === undefined ? undefined : indexesProblem(text, spec.completions);
    if (problem) errors.push(invalid(`status.${field}`, text, `error parsing ${field}: ${problem}`));
  };
  check('completedIndexes', status.completedIndexes ?? '');
  if (spec.backoffLimitPerIndex !== undefined && status.failedIndexes !== undefined) check('failedIndexes', status.failedIndexes);
  if (status.completedIndexes && spec.completionMode !== 'Indexed') {
    errors.push(
      invalid('status.completedIndexes', status.completedIndexes, 'cannot set non-empty completedIndexes when non-indexed completion mode'),
    );
  }
  if (spec.backoffLimitPerIndex === undefined && status.failedIndexes !== undefined) {
    errors.push(invalid('status.failedIndexes', status.failedIndexes, 'cannot set non-null failedIndexes when backoffLimitPerIndex is null'));
  }
  return errors;
}

/** What was once true of a job stays true. */
function validateNotUndone(job: KubeObject, old: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  for (const type of ['Failed', 'Complete', 'FailureTarget', 'SuccessCriteriaMet']) {
    const noun = type === 'SuccessCriteriaMet' ? '' : 'terminal ';
    if (isTrue(old, type) && !isTrue(job, type)) errors.push(invalidBare('status.conditions', `cannot disable the ${noun}${type}=True condition`));
  }
  // An Indexed job may be resized, and then forgets indexes that are gone.
  for (const counter of job.spec.completionMode === 'Indexed' ? ['failed'] : ['failed', 'succeeded']) {
    const value = job.status[counter] ?? 0;
    if (value < (old.status?.[counter] ?? 0)) errors.push(invalid(`status.${counter}`, value, `cannot decrease the ${counter} counter`));
  }
  const { completionTime, startTime } = job.status;
  if (completionTime && old.status?.completionTime && completionTime !== old.status.completionTime) {
    errors.push(invalid('status.completionTime', completionTime, 'completionTime cannot be mutated'));
  }
  const resumed = isTrue(old, 'Suspended') && !isTrue(job, 'Suspended');
  if (old.status?.startTime && old.status.startTime !== startTime && !job.spec.suspend && !resumed) {
    errors.push(required('status.startTime', 'startTime cannot be removed for unsuspended job'));
  }
  return errors;
}

export function validateStatusUpdate(job: KubeObject, old: KubeObject): FieldError[] {
  const checked = { ...job, status: job.status ?? {} };
  const { ready = 0, active = 0 } = checked.status;
  return [
    ...allNonNegative(checked.status, ['active', 'succeeded', 'failed', 'ready', 'terminating'], 'status'),
    ...validateUncounted(checked.status.uncountedTerminatedPods, 'status.uncountedTerminatedPods'),
    ...validateConditions(checked, 'status.conditions'),
    ...validateTimes(checked),
    ...validateFinished(checked),
    ...validateIndexes(checked),
    ...(ready > active ? [invalid('status.ready', ready, 'cannot set more ready pods than active')] : []),
    ...validateNotUndone(checked, old),
  ];
}
