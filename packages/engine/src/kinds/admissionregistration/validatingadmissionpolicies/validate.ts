import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part } from '../../shared/fields.ts';
import { isDns1035Label, isDns1123Subdomain } from '../../shared/names.ts';
import { validateMatchResources } from '../policies/match.ts';
import { validateAuditAnnotations, validateMatchConditions, validateValidations, validateVariables } from './expressions.ts';

// Models validateValidatingAdmissionPolicySpec in pkg/apis/admissionregistration/validation/validation.go.
const FAILURE_POLICIES = ['Fail', 'Ignore'];

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

/** What validating and mutating policies have in common: when they look at a request, and with what. */
export function validateScope(spec: Part): FieldError[] {
  const { failurePolicy, paramKind, matchConstraints } = spec;
  const errors: FieldError[] = [];
  if (failurePolicy === undefined) errors.push(required('spec.failurePolicy'));
  else if (!FAILURE_POLICIES.includes(failurePolicy)) errors.push(notSupported('spec.failurePolicy', failurePolicy, FAILURE_POLICIES));
  if (paramKind) errors.push(...validateParamKind(paramKind, 'spec.paramKind'));
  if (!matchConstraints) errors.push(required('spec.matchConstraints'));
  else {
    errors.push(...validateMatchResources(matchConstraints, 'spec.matchConstraints'));
    if ((matchConstraints.resourceRules?.length ?? 0) === 0) errors.push(required('spec.matchConstraints.resourceRules'));
  }
  return [...errors, ...validateMatchConditions(spec, 'spec.matchConditions'), ...validateVariables(spec, 'spec.variables')];
}

export function validate({ spec }: KubeObject): FieldError[] {
  const { validations = [], auditAnnotations = [] } = spec;
  const errors = validateScope(spec);
  if (validations.length + auditAnnotations.length === 0) {
    const detail = 'validations or auditAnnotations must contain at least one item';
    return [...errors, required('spec.validations', detail), required('spec.auditAnnotations', detail)];
  }
  return [...errors, ...validateValidations(spec, 'spec.validations'), ...validateAuditAnnotations(spec, 'spec.auditAnnotations')];
}
