import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part } from '../../shared/fields.ts';
import { isCIdentifier } from '../../shared/formats.ts';
import { isDns1035Label, isDns1123Subdomain } from '../../shared/names.ts';
import { validateMatchConditions } from '../webhooks/validate.ts';
import { validateMatchResources } from './match.ts';

// Models validateValidatingAdmissionPolicySpec in pkg/apis/admissionregistration/validation/validation.go; expressions are compiled elsewhere.
const FAILURE_POLICIES = ['Fail', 'Ignore'];
const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'];

function validateParamKind({ apiVersion = '', kind = '' }: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const [first = '', second] = apiVersion.split('/');
  if (apiVersion === '') errors.push(required(`${path}.apiVersion`));
  else if (apiVersion.split('/').length > 2) errors.push(invalid(`${path}.apiVersion`, apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  else {
    if (second !== undefined) errors.push(...eachInvalid(`${path}.apiVersion`, first, isDns1123Subdomain(first)));
    errors.push(...eachInvalid(`${path}.apiVersion`, second ?? first, isDns1035Label(second ?? first)));
  }
  const problems = kind === '' ? [] : isDns1035Label(kind.toLowerCase());
  if (kind === '') errors.push(required(`${path}.kind`));
  else if (problems.length > 0) errors.push(invalid(`${path}.kind`, kind, `may have mixed case, but should otherwise match: ${problems.join(',')}`));
  return errors;
}

function validateVariables(variables: Part[], path: string): FieldError[] {
  const seen = new Set<string>();
  return variables.flatMap(({ name = '', expression = '' }, i) => {
    const at = `${path}[${i}]`;
    const errors = name === '' ? [required(`${at}.name`, 'name is not specified')] : [];
    if (name !== '' && isCIdentifier(name).length > 0) errors.push(invalid(`${at}.name`, name, 'name is not a valid CEL identifier'));
    if (expression.trim() === '') errors.push(required(`${at}.expression`, 'expression is not specified'));
    if (name !== '' && seen.has(name)) errors.push(duplicate(`${at}.name`, name));
    seen.add(name);
    return errors;
  });
}

function validateValidation({ expression = '', message = '', messageExpression, reason }: Part, path: string): FieldError[] {
  const errors = expression.trim() === '' ? [required(`${path}.expression`, 'expression is not specified')] : [];
  if (messageExpression !== undefined && messageExpression !== '' && messageExpression.trim() === '') {
    errors.push(invalid(`${path}.messageExpression`, messageExpression, 'must be non-empty if specified'));
  }
  if (message !== '' && message.trim() === '') errors.push(invalid(`${path}.message`, message, 'message must be non-empty if specified'));
  else if (/[\r\n]/.test(message)) errors.push(invalid(`${path}.message`, message, 'message must not contain line breaks'));
  else if (message === '' && /[\r\n]/.test(expression.trim())) {
    errors.push(required(`${path}.message`, 'message must be specified if expression contains line breaks'));
  }
  if (reason !== undefined && !REASONS.includes(reason)) errors.push(notSupported(`${path}.reason`, reason, REASONS));
  return errors;
}

const validateAuditAnnotation = ({ key = '', valueExpression = '' }: Part, path: string): FieldError[] => [
  ...(key === '' ? [required(`${path}.key`)] : []),
  ...(valueExpression.trim() === '' ? [required(`${path}.valueExpression`, 'valueExpression is not specified')] : []),
];

export function validate({ spec }: KubeObject): FieldError[] {
  const { failurePolicy, paramKind, matchConstraints, matchConditions = [], variables = [], validations = [], auditAnnotations = [] } = spec;
  const errors: FieldError[] = [];
  if (failurePolicy === undefined) errors.push(required('spec.failurePolicy'));
  else if (!FAILURE_POLICIES.includes(failurePolicy)) errors.push(notSupported('spec.failurePolicy', failurePolicy, FAILURE_POLICIES));
  if (paramKind) errors.push(...validateParamKind(paramKind, 'spec.paramKind'));
  if (!matchConstraints) errors.push(required('spec.matchConstraints'));
  else {
    errors.push(...validateMatchResources(matchConstraints, 'spec.matchConstraints'));
    if ((matchConstraints.resourceRules?.length ?? 0) === 0) errors.push(required('spec.matchConstraints.resourceRules'));
  }
  errors.push(...validateMatchConditions(matchConditions, 'spec.matchConditions'), ...validateVariables(variables, 'spec.variables'));
  if (validations.length + auditAnnotations.length === 0) {
    const detail = 'validations or auditAnnotations must contain at least one item';
    return [...errors, required('spec.validations', detail), required('spec.auditAnnotations', detail)];
  }
  return [
    ...errors,
    ...validations.flatMap((each: Part, i: number) => validateValidation(each, `spec.validations[${i}]`)),
    ...auditAnnotations.flatMap((each: Part, i: number) => validateAuditAnnotation(each, `spec.auditAnnotations[${i}]`)),
  ];
}
