import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { type Part, validateDnsSubdomain } from '../../shared/fields.ts';
import { validateNonResourceRule, validateResourceRule } from './rules.ts';
import { validateSubject } from './subjects.ts';

// Models ValidateFlowSchema in pkg/apis/flowcontrol/validation/validation.go.
const PRECEDENCE_MAX = 10_000;
const METHODS = ['ByNamespace', 'ByUser'];
const EXEMPT = 'exempt';

function validatePrecedence(precedence: number, name: string | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (precedence <= 0) errors.push(invalid(path, precedence, 'must be a positive value'));
  if (precedence > PRECEDENCE_MAX) errors.push(invalid(path, precedence, `must not be greater than ${PRECEDENCE_MAX}`));
  if (precedence === 1 && name !== EXEMPT) errors.push(invalid(path, precedence, "only the schema named 'exempt' may have matchingPrecedence 1"));
  return errors;
}

function validateRule(rule: Part, path: string): FieldError[] {
  const { subjects = [], resourceRules = [], nonResourceRules = [] } = rule;
  const errors = subjects.length === 0 ? [required(`${path}.subjects`, 'subjects must contain at least one value')] : [];
  errors.push(...subjects.flatMap((subject: Part, i: number) => validateSubject(subject, `${path}.subjects[${i}]`)));
  if (resourceRules.length + nonResourceRules.length === 0) {
    errors.push(required(path, 'at least one of resourceRules and nonResourceRules has to be non-empty'));
  }
  return [
    ...errors,
    ...resourceRules.flatMap((each: Part, i: number) => validateResourceRule(each, `${path}.resourceRules[${i}]`)),
    ...nonResourceRules.flatMap((each: Part, i: number) => validateNonResourceRule(each, `${path}.nonResourceRules[${i}]`)),
  ];
}

export function validate({ metadata, spec }: KubeObject): FieldError[] {
  const level = spec.priorityLevelConfiguration?.name ?? '';
  const method = spec.distinguisherMethod;
  const at = 'spec.priorityLevelConfiguration.name';
  return [
    ...validatePrecedence(spec.matchingPrecedence ?? 0, metadata.name, 'spec.matchingPrecedence'),
    ...(method && !METHODS.includes(method.type) ? [notSupported('spec.distinguisherMethod.type', { Type: method.type ?? '' }, METHODS)] : []),
    ...(level === '' ? [required(at, 'must reference a priority level')] : validateDnsSubdomain(level, at)),
    ...(spec.rules ?? []).flatMap((rule: Part, i: number) => validateRule(rule, `spec.rules[${i}]`)),
  ];
}
