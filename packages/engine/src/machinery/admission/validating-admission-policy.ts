import type { Txn } from '../../core/txn.ts';
import type { Value } from '../cel/index.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';
import { type Denial, PolicyRun } from '../policy/evaluate.ts';
import { type Invocation, invocationsOf, type Misconfiguration } from '../policy/invocations.ts';
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

function refusalsOf(invocation: Invocation | Misconfiguration, request: ReadonlyMap<string, Value>, warnings: string[]): Refusal[] {
  const { policy, binding } = invocation;
  const about = { policy: policy.metadata.name as string, ...(binding ? { binding: binding.metadata.name as string } : {}) };
  if ('problem' in invocation) return policy.spec.failurePolicy === 'Ignore' ? [] : [{ ...about, message: invocation.problem }];
  const run = new PolicyRun(policy, request, invocation.param);
  const refused = run.denials().map((denial) => ({ ...denial, ...about }));
  const actions = invocation.binding.spec.validationActions ?? [];
  if (actions.includes('Warn')) warnings.push(...refused.map((each) => warningText(each)));
  // An annotation that cannot be made is no validation: the binding has no say in what becomes of it.
  const unannotated = run.annotationFailures().map((denial) => ({ ...denial, ...about }));
  return actions.includes('Deny') ? [...refused, ...unannotated] : unannotated;
}

const warningText = ({ policy, binding, message }: Refusal): string =>
  `Validation failed for ValidatingAdmissionPolicy '${policy}' with binding '${binding}': ${message}`;

/** Models k8s.io/apiserver/pkg/admission/plugin/policy/validating. What Audit would log is nowhere to be seen in a simulated cluster. */
export const validatingAdmissionPolicy = (kinds: (txn: Txn) => Registry): AdmissionPlugin => ({
  name: 'ValidatingAdmissionPolicy',
  judgesConnections: true,
  validate: (attributes) => {
    const { txn } = attributes;
    const bindings = txn.list(BINDINGS) as Binding[];
    if (bindings.length === 0) return;
    const invocations = [...invocationsOf(txn.list(POLICIES) as Policy[], bindings, attributes, kinds(txn))];
    if (invocations.length === 0) return;
    const request = requestVariables(attributes);
    const refused = invocations.flatMap((invocation) => refusalsOf(invocation, request, attributes.warnings));
    if (refused[0]) throw refusal(attributes, refused[0]);
  },
});
