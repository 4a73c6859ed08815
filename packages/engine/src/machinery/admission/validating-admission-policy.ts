import type { KubeObject } from '../../core/object.ts';
import type { Txn } from '../../core/txn.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';
import { type Denial, PolicyRun } from '../policy/evaluate.ts';
import { matches } from '../policy/match.ts';
import { ConfigurationError, paramKindOf, paramsOf } from '../policy/params.ts';
import type { Binding, Policy } from '../policy/types.ts';
import { requestVariables } from '../policy/variables.ts';
import type { Registry } from '../registry.ts';
import { ApiError, forbidden } from '../status.ts';

const POLICIES = 'admissionregistration.k8s.io/validatingadmissionpolicies';
const BINDINGS = 'admissionregistration.k8s.io/validatingadmissionpolicybindings';
const CODES: Record<string, number> = { Unauthorized: 401, Forbidden: 403, RequestEntityTooLarge: 413, Invalid: 422 };

interface Refusal extends Denial {
  policy: string;
  binding?: string;
}

const refusalText = ({ policy, binding, message }: Refusal): string =>
  `ValidatingAdmissionPolicy '${policy}' ${binding === undefined ? '' : `with binding '${binding}' `}denied request: ${message}`;

function refusal(attributes: Attributes, refused: Refusal): ApiError {
  const { kind, object, old, name } = attributes;
  const about = name || object?.metadata.generateName || old?.metadata.name || '';
  const text = refusalText(refused);
  const { message, details } = forbidden(kind.group, kind.plural, about, text).status;
  const reason = refused.reason ?? 'Invalid';
  return new ApiError(CODES[reason] ?? 422, reason, message as string, { ...details, causes: [{ message: text }] });
}

/** Runs a step of setting up; what is wrong there counts as failurePolicy says. */
function configured<T>(policy: Policy, what: 'policy' | 'binding', step: () => T): T | Denial[] {
  try {
    return step();
  } catch (problem) {
    if (!(problem instanceof ConfigurationError)) throw problem;
    return policy.spec.failurePolicy === 'Ignore' ? [] : [{ message: `failed to configure ${what}: ${problem.message}` }];
  }
}

const isDenials = (value: unknown): value is Denial[] => Array.isArray(value);

function refusalsOf(policy: Policy, bindings: readonly Binding[], attributes: Attributes, registry: Registry): Refusal[] {
  if (!matches(policy.spec.matchConstraints, attributes)) return [];
  const name = policy.metadata.name as string;
  const paramKind = configured(policy, 'policy', () => ({ kind: paramKindOf(policy, registry) }));
  if (isDenials(paramKind)) return paramKind.map((denial) => ({ ...denial, policy: name }));
  return bindings.flatMap((binding) => {
    if (!matches(binding.spec.matchResources, attributes)) return [];
    const bound = { policy: name, binding: binding.metadata.name as string };
    const params = configured(policy, 'binding', () => ({ found: paramsOf(binding, paramKind.kind, attributes) }));
    if (isDenials(params)) return params.map((denial) => ({ ...denial, ...bound }));
    const request = requestVariables(attributes);
    const refused = params.found.flatMap((param) => new PolicyRun(policy, request, param).denials()).map((denial) => ({ ...denial, ...bound }));
    const actions = binding.spec.validationActions ?? [];
    if (actions.includes('Warn')) attributes.warnings.push(...refused.map((each) => warningText(each)));
    return actions.includes('Deny') ? refused : [];
  });
}

const warningText = ({ policy, binding, message }: Refusal): string =>
  `Validation failed for ValidatingAdmissionPolicy '${policy}' with binding '${binding}': ${message}`;

const bindingsOf = (bindings: readonly KubeObject[], policy: string): Binding[] =>
  (bindings as Binding[]).filter(({ spec }) => spec.policyName === policy);

/** Models k8s.io/apiserver/pkg/admission/plugin/policy/validating. What Audit would log is nowhere to be seen in a simulated cluster. */
export const validatingAdmissionPolicy = (kinds: (txn: Txn) => Registry): AdmissionPlugin => ({
  name: 'ValidatingAdmissionPolicy',
  validate: (attributes) => {
    const { txn } = attributes;
    const bindings = txn.list(BINDINGS);
    if (bindings.length === 0) return;
    const registry = kinds(txn);
    const refused = (txn.list(POLICIES) as Policy[]).flatMap((policy) =>
      refusalsOf(policy, bindingsOf(bindings, policy.metadata.name as string), attributes, registry),
    );
    if (refused[0]) throw refusal(attributes, refused[0]);
  },
});
