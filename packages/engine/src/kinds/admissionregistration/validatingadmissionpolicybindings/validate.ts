import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part } from '../../shared/fields.ts';
import { validateLabelSelector } from '../../shared/labels.ts';
import { isDns1123Subdomain, isPathSegmentName } from '../../shared/names.ts';
import { validateMatchResources } from '../policies/match.ts';

// Models validateValidatingAdmissionPolicyBindingSpec in pkg/apis/admissionregistration/validation/validation.go.
const ACTIONS = ['Audit', 'Deny', 'Warn'];
const NOT_FOUND_ACTIONS = ['Allow', 'Deny'];
const DENY_AND_WARN =
  'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';

function validateParamRef({ name, selector, parameterNotFoundAction: action }: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (name && selector) {
    errors.push(forbiddenField(`${path}.name`, 'name and selector are mutually exclusive'));
    errors.push(forbiddenField(`${path}.selector`, 'name and selector are mutually exclusive'));
  } else if (!name && !selector) errors.push(required(path, 'one of name or selector must be specified'));
  if (name) errors.push(...eachInvalid(`${path}.name`, name, isPathSegmentName(name)));
  errors.push(...validateLabelSelector(selector, `${path}.selector`));
  if (action === undefined) errors.push(required(`${path}.parameterNotFoundAction`));
  else if (!NOT_FOUND_ACTIONS.includes(action)) errors.push(notSupported(`${path}.parameterNotFoundAction`, action, NOT_FOUND_ACTIONS));
  return errors;
}

function validateActions(actions: string[], path: string): FieldError[] {
  if (actions.length === 0) return [required(path, 'at least one validation action is required')];
  const errors = actions.flatMap((action, i) => {
    if (!ACTIONS.includes(action)) return [notSupported(`${path}[${i}]`, action, ACTIONS)];
    return actions.indexOf(action) < i ? [duplicate(`${path}[${i}]`, action)] : [];
  });
  if (actions.includes('Deny') && actions.includes('Warn')) errors.push(invalid(path, actions, DENY_AND_WARN));
  return errors;
}

/** What bindings of validating and mutating policies have in common. */
export function validateBinding({ policyName = '', paramRef, matchResources }: Part): FieldError[] {
  return [
    ...(policyName === '' ? [required('spec.policyName')] : eachInvalid('spec.policyName', policyName, isDns1123Subdomain(policyName))),
    ...(paramRef ? validateParamRef(paramRef, 'spec.paramRef') : []),
    ...(matchResources ? validateMatchResources(matchResources, 'spec.matchResources') : []),
  ];
}

export const validate = ({ spec }: KubeObject): FieldError[] => [
  ...validateBinding(spec),
  ...validateActions(spec.validationActions ?? [], 'spec.validationActions'),
];
