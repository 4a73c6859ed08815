import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { compilePolicy, type Expression } from '../../../machinery/policy/compile.ts';
import type { Part } from '../../shared/fields.ts';
import { validateScope } from '../validatingadmissionpolicies/validate.ts';

// Models validateMutatingAdmissionPolicySpec in pkg/apis/admissionregistration/validation/validation.go.
const REINVOCATION_POLICIES = ['Never', 'IfNeeded'];

/** The field that holds the expression of each sort of patch. */
const PATCHES = new Map([
  ['ApplyConfiguration', 'applyConfiguration'],
  ['JSONPatch', 'jsonPatch'],
]);

const OPERATIONS = ['CREATE', 'UPDATE'];

/** Only what is written can be changed on its way. The path has no index upstream either. */
export const validateOperations = (match: Part, path: string): FieldError[] =>
  (match?.resourceRules ?? [])
    .flatMap((rule: Part) => rule.operations ?? [])
    .filter((operation: string) => !OPERATIONS.includes(operation))
    .map((operation: string) => notSupported(`${path}.resourceRules.operations`, operation, OPERATIONS));

function validateMutation(mutation: Part, { source, error }: Expression, path: string): FieldError[] {
  const { patchType } = mutation;
  if (!patchType) return [required(`${path}.patchType`)];
  const wanted = PATCHES.get(patchType);
  if (!wanted) return [notSupported(`${path}.patchType`, patchType, [...PATCHES.keys()])];
  const errors: FieldError[] = [];
  for (const field of PATCHES.values()) {
    const at = `${path}.${field}`;
    if (field !== wanted) {
      if (mutation[field]) errors.push(invalid(at, `{${field}}`, `must not be specified when patchType is ${patchType}`));
    } else if (!mutation[field]) errors.push(required(at, `must be specified when patchType is ${patchType}`));
    else if (!mutation[field].expression?.trim()) errors.push(required(`${at}.expression`));
    else if (error !== undefined) errors.push(invalid(`${at}.expression`, source, error));
  }
  return errors;
}

export function validate({ spec }: KubeObject): FieldError[] {
  const { mutations = [], reinvocationPolicy } = spec;
  const errors = [...validateScope(spec), ...validateOperations(spec.matchConstraints, 'spec.matchConstraints')];
  if (mutations.length === 0) errors.push(required('spec.mutations', 'mutations must contain at least one item'));
  const compiled = compilePolicy(spec).mutations;
  for (const [i, mutation] of mutations.entries()) errors.push(...validateMutation(mutation, compiled[i] as Expression, `spec.mutations[${i}]`));
  if (!reinvocationPolicy) return [...errors, required('spec.reinvocationPolicy')];
  return REINVOCATION_POLICIES.includes(reinvocationPolicy)
    ? errors
    : [...errors, notSupported('spec.reinvocationPolicy', reinvocationPolicy, REINVOCATION_POLICIES)];
}
