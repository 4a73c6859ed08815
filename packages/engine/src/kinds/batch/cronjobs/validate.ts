import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { type Part, validateNonNegative } from '../../shared/fields.ts';
import { goSelector } from '../../shared/go/show.ts';
import { validateJobSpec } from '../jobs/spec.ts';
import { parseSchedule } from './schedule.ts';
import { validateTimeZone } from './time-zone.ts';

// Models ValidateCronJob* in pkg/apis/batch/validation/validation.go.
const POLICIES = ['Allow', 'Forbid', 'Replace'];
/** The controller appends `-` and ten digits to make a job's name of at most 63 characters. */
const NAME_BYTES_MAX = 52;

function validateSchedule(spec: Part, old: Part | undefined, path: string): FieldError[] {
  const schedule: string = spec.schedule ?? '';
  if (schedule === '') return [required(path)];
  const parsed = parseSchedule(schedule);
  const errors = 'problem' in parsed ? [invalid(path, schedule, parsed.problem)] : [];
  const allowZone = old?.schedule?.includes('TZ') === true;
  if (allowZone && schedule.includes('TZ') && spec.timeZone !== undefined) {
    errors.push(invalid(path, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule'));
  } else if (!allowZone && schedule.includes('TZ')) {
    errors.push(invalid(path, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
  }
  return errors;
}

function validateConcurrency(policy: string | undefined, path: string): FieldError[] {
  if (!policy) return [required(path)];
  return POLICIES.includes(policy) ? [] : [notSupported(path, policy, POLICIES)];
}

function validateJobTemplate(spec: Part, path: string): FieldError[] {
  const errors = validateJobSpec(spec, path);
  if (spec.selector !== undefined) errors.push(invalid(`${path}.selector`, goSelector(spec.selector), '`selector` will be auto-generated'));
  if (spec.manualSelector) errors.push(notSupported(`${path}.manualSelector`, true, ['nil', 'false']));
  return errors;
}

function validateSpec(spec: Part, old: Part | undefined, path: string): FieldError[] {
  return [
    ...validateSchedule(spec, old, `${path}.schedule`),
    ...validateNonNegative(spec.startingDeadlineSeconds, `${path}.startingDeadlineSeconds`),
    ...(old !== undefined && old.timeZone === spec.timeZone ? [] : validateTimeZone(spec.timeZone, `${path}.timeZone`)),
    ...validateConcurrency(spec.concurrencyPolicy, `${path}.concurrencyPolicy`),
    ...validateJobTemplate(spec.jobTemplate?.spec ?? {}, `${path}.jobTemplate.spec`),
    ...validateNonNegative(spec.successfulJobsHistoryLimit, `${path}.successfulJobsHistoryLimit`),
    ...validateNonNegative(spec.failedJobsHistoryLimit, `${path}.failedJobsHistoryLimit`),
  ];
}

export function validate({ metadata, spec }: KubeObject): FieldError[] {
  const errors = validateSpec(spec, undefined, 'spec');
  const name = metadata.name ?? '';
  if (name.length > NAME_BYTES_MAX) errors.push(invalid('metadata.name', name, `must be no more than ${NAME_BYTES_MAX} characters`));
  return errors;
}

export const validateUpdate = ({ spec }: KubeObject, old: KubeObject): FieldError[] => validateSpec(spec, old.spec, 'spec');
