import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, notSupported, required } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { ownValue } from '../../shared/fields.ts';

// Models ValidatePriorityClass* in pkg/apis/scheduling/validation/validation.go.
export const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};
const SYSTEM_PREFIX = 'system-';
const HIGHEST_USER_PRIORITY = 1_000_000_000;
const PREEMPTION_POLICIES = ['PreemptLowerPriority', 'Never'];

/** What keeps a class from being one of the system's own. */
function systemProblem({ metadata, value, globalDefault = false }: KubeObject): string | undefined {
  const name = metadata.name ?? '';
  const known = ownValue(SYSTEM_PRIORITIES, name);
  if (known === undefined) return `${name} is not a known system priority class`;
  if (value !== known) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

function validateValue(priorityClass: KubeObject): FieldError[] {
  if (!(priorityClass.metadata.name ?? '').startsWith(SYSTEM_PREFIX)) {
    if (priorityClass.value <= HIGHEST_USER_PRIORITY) return [];
    return [forbiddenField('value', `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`)];
  }
  const problem = systemProblem(priorityClass);
  if (problem === undefined) return [];
  return [forbiddenField('metadata.name', `priority class names with '${SYSTEM_PREFIX}' prefix are reserved for system use only. error: ${problem}`)];
}

function validatePreemption(policy: string | undefined): FieldError[] {
  if (policy === undefined || PREEMPTION_POLICIES.includes(policy)) return [];
  return policy === '' ? [required('preemptionPolicy')] : [notSupported('preemptionPolicy', policy, PREEMPTION_POLICIES)];
}

export const validate = (priorityClass: KubeObject): FieldError[] => [
  ...validateValue(priorityClass),
  ...validatePreemption(priorityClass.preemptionPolicy),
];

export const validateUpdate = (priorityClass: KubeObject, old: KubeObject): FieldError[] => [
  ...(priorityClass.value === old.value ? [] : [forbiddenField('value', 'may not be changed in an update.')]),
  ...validateImmutable(priorityClass.preemptionPolicy, old.preemptionPolicy, 'preemptionPolicy'),
];
