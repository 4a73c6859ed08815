import { type FieldError, invalid, notSupported, required, tooLong } from '../../../machinery/field.ts';
import { validateDomainPrefixedPath } from '../../rules/domain-path.ts';
import { allNonNegative } from '../../rules/numbers.ts';
import { type Part, validateNonNegative } from '../../shared/fields.ts';
import { validatePodTemplateSpec } from '../../shared/podspec/template.ts';
import { validateFailurePolicy } from './failure-policy.ts';
import { validateSuccessPolicy } from './success-policy.ts';

const INDEXED_PARALLELISM_MAX = 100_000;
const FAILED_INDEXES_MAX = 100_000;
const COMPLETIONS_SOFT_MAX = 100_000;
const HIGH_COMPLETIONS_MAX = 10_000;
const MANAGED_BY_BYTES_MAX = 63;

function validateManagedBy(managedBy: string | undefined, path: string): FieldError[] {
  if (managedBy === undefined) return [];
  const errors = validateDomainPrefixedPath(managedBy, path);
  return managedBy.length > MANAGED_BY_BYTES_MAX ? [...errors, tooLong(path, MANAGED_BY_BYTES_MAX)] : errors;
}

/** Limits that keep status.completedIndexes and status.failedIndexes short. */
function validateHighCompletions(spec: Part, path: string): FieldError[] {
  const { completions = 0, parallelism = 0, maxFailedIndexes, backoffLimitPerIndex } = spec;
  if (completions <= COMPLETIONS_SOFT_MAX || backoffLimitPerIndex === undefined) return [];
  const detail = `must be less than or equal to ${HIGH_COMPLETIONS_MAX} when completions are above ${COMPLETIONS_SOFT_MAX} and used with backoff limit per index`;
  const errors: FieldError[] = [];
  if (maxFailedIndexes === undefined) {
    errors.push(required(`${path}.maxFailedIndexes`, `must be specified when completions is above ${COMPLETIONS_SOFT_MAX}`));
  }
  if (parallelism > HIGH_COMPLETIONS_MAX) errors.push(invalid(`${path}.parallelism`, parallelism, detail));
  if ((maxFailedIndexes ?? 0) > HIGH_COMPLETIONS_MAX) errors.push(invalid(`${path}.maxFailedIndexes`, maxFailedIndexes, detail));
  return errors;
}

function validateIndexed(spec: Part, path: string): FieldError[] {
  const { completions, parallelism = 0, maxFailedIndexes } = spec;
  const errors: FieldError[] = [];
  if (completions === undefined) errors.push(required(`${path}.completions`, 'when completion mode is Indexed'));
  if (parallelism > INDEXED_PARALLELISM_MAX) {
    errors.push(
      invalid(`${path}.parallelism`, parallelism, `must be less than or equal to ${INDEXED_PARALLELISM_MAX} when completion mode is Indexed`),
    );
  }
  if (maxFailedIndexes !== undefined) {
    const at = `${path}.maxFailedIndexes`;
    if (completions !== undefined && maxFailedIndexes > completions)
      errors.push(invalid(at, maxFailedIndexes, 'must be less than or equal to completions'));
    if (maxFailedIndexes > FAILED_INDEXES_MAX) errors.push(invalid(at, maxFailedIndexes, `must be less than or equal to ${FAILED_INDEXES_MAX}`));
  }
  return [...errors, ...validateHighCompletions(spec, path)];
}

const INDEXED_ONLY = ['backoffLimitPerIndex', 'maxFailedIndexes'];

function validateCompletionMode(spec: Part, path: string): FieldError[] {
  const mode = spec.completionMode;
  if (mode === 'Indexed') return validateIndexed(spec, path);
  if (mode === undefined || mode === 'NonIndexed') {
    return INDEXED_ONLY.filter((field) => spec[field] !== undefined).map((field) =>
      invalid(`${path}.${field}`, spec[field], 'requires indexed completion mode'),
    );
  }
  return [notSupported(`${path}.completionMode`, mode, ['NonIndexed', 'Indexed'])];
}

function validateReplacementPolicy(spec: Part, path: string): FieldError[] {
  const policy = spec.podReplacementPolicy;
  const supported = spec.podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  return policy === undefined || supported.includes(policy) ? [] : [notSupported(path, policy, supported)];
}

function validateRestartPolicy(spec: Part, path: string): FieldError[] {
  const policy = spec.template?.spec?.restartPolicy ?? '';
  if (policy === 'Always' || policy === '') return [required(path, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(path, policy, ['OnFailure', 'Never'])];
  return spec.podFailurePolicy && policy !== 'Never' ? [invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')] : [];
}

const COUNTS = ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished', 'backoffLimitPerIndex'];

/** What jobs and the templates of cron jobs share. Models validateJobSpec in pkg/apis/batch/validation/validation.go. */
export function validateJobSpec(spec: Part, path: string): FieldError[] {
  const errors = [...allNonNegative(spec, COUNTS, path), ...validateNonNegative(spec.maxFailedIndexes, `${path}.maxFailedIndexes`)];
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    errors.push(required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified'));
  }
  errors.push(...validateManagedBy(spec.managedBy, `${path}.managedBy`), ...validateCompletionMode(spec, path));
  if (spec.podFailurePolicy) errors.push(...validateFailurePolicy(spec, `${path}.podFailurePolicy`));
  if (spec.successPolicy) errors.push(...validateSuccessPolicy(spec, `${path}.successPolicy`));
  errors.push(...validateReplacementPolicy(spec, `${path}.podReplacementPolicy`));
  errors.push(...validatePodTemplateSpec(spec.template ?? {}, `${path}.template`));
  return [...errors, ...validateRestartPolicy(spec, `${path}.template.spec.restartPolicy`)];
}
