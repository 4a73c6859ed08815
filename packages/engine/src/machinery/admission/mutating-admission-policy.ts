import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Txn } from '../../core/txn.ts';
import type { AdmissionPlugin, Attributes } from '../machine.ts';
import { OUT_OF_BUDGET, OutOfBudget } from '../policy/evaluate.ts';
import { type Invocation, invocationsOf, type Misconfiguration } from '../policy/invocations.ts';
import { MutationError, MutationRun } from '../policy/mutate.ts';
import type { Binding, Policy } from '../policy/types.ts';
import { requestVariables } from '../policy/variables.ts';
import type { Registry } from '../registry.ts';
import { ApiError, forbidden } from '../status.ts';

const NAME = 'MutatingAdmissionPolicy';
const POLICIES = 'admissionregistration.k8s.io/mutatingadmissionpolicies';
const BINDINGS = 'admissionregistration.k8s.io/mutatingadmissionpolicybindings';

interface Failure {
  policy: Policy;
  message: string;
  reason?: string;
}

/** What is known of a policy from the first round. */
interface Notes {
  /** Policies that have run and want to see what others change afterwards. */
  ran: Set<string>;
  again: Set<string>;
  output: KubeObject;
}

function failureOf({ policy, binding }: Invocation | Misconfiguration, problem: string, reason?: string): Failure {
  const bound = binding ? `policy '${policy.metadata.name}' with binding '${binding.metadata.name}'` : `policy "${policy.metadata.name}"`;
  return { policy, message: `${bound} denied request: ${problem}`, ...(reason ? { reason } : {}) };
}

const keyOf = ({ policy, binding, param }: Invocation): string =>
  [policy.metadata.name, binding.metadata.name, param?.metadata.namespace, param?.metadata.name].join(' ');

/** The writer holds this very object, so what it holds is exchanged. */
function become(object: KubeObject, next: KubeObject): void {
  for (const field of Object.keys(object)) if (!Object.hasOwn(next, field)) delete object[field];
  Object.assign(object, next);
}

/** Runs a policy's mutations one after the other, each on what the last one left. */
function mutate(invocation: Invocation, attributes: Attributes, failures: Failure[]): void {
  const { policy, param } = invocation;
  const object = attributes.object as KubeObject;
  for (const index of (policy.spec.mutations ?? []).keys()) {
    try {
      const next = new MutationRun(policy, requestVariables(attributes), param).mutated(index, object, attributes.kind);
      if (next !== object) become(object, next);
    } catch (error) {
      if (error instanceof OutOfBudget) failures.push(failureOf(invocation, OUT_OF_BUDGET, 'Invalid'));
      else if (error instanceof MutationError) failures.push(failureOf(invocation, error.message, 'Invalid'));
      else throw error;
    }
  }
}

function invoke(invocation: Invocation, attributes: Attributes, notes: Notes, failures: Failure[]): void {
  const { policy, param } = invocation;
  const object = attributes.object as KubeObject;
  const unmet = new MutationRun(policy, requestVariables(attributes), param).unmetConditions();
  if (unmet !== undefined) {
    if (unmet !== 'skip') failures.push(failureOf(invocation, unmet, 'Invalid'));
    return;
  }
  const key = keyOf(invocation);
  if (attributes.rounds?.isSecond && !notes.again.has(key)) return;
  const before = { ...object };
  mutate(invocation, attributes, failures);
  if (!equalJson(before, object)) askForMore(attributes, notes);
  if (policy.spec.reinvocationPolicy === 'IfNeeded') notes.ran.add(key);
}

function askForMore({ rounds }: Attributes, notes: Notes): void {
  for (const key of notes.ran) notes.again.add(key);
  notes.ran.clear();
  if (rounds) rounds.wantsSecond = true;
}

function refusal({ kind, object, old, name }: Attributes, failures: readonly Failure[]): ApiError {
  const about = name || object?.metadata.generateName || old?.metadata.name || '';
  const [first] = failures as [Failure];
  const { details } = forbidden(kind.group, kind.plural, about, first.message).status;
  return new ApiError(403, first.reason ?? 'Forbidden', first.message, { ...details, causes: failures.map(({ message }) => ({ message })) });
}

/** Models k8s.io/apiserver/pkg/admission/plugin/policy/mutating. */
export const mutatingAdmissionPolicy = (kinds: (txn: Txn) => Registry): AdmissionPlugin => ({
  name: NAME,
  isIdle: (txn) => txn.list(BINDINGS).length === 0,
  admit: (attributes) => {
    const { txn, object, rounds } = attributes;
    const bindings = txn.list(BINDINGS) as Binding[];
    // What is sent to a subresource is taken as it is.
    if (bindings.length === 0 || !object || attributes.sent) return;
    const notes = (rounds?.notes.get(NAME) as Notes | undefined) ?? { ran: new Set(), again: new Set(), output: object };
    rounds?.notes.set(NAME, notes);
    if (rounds?.isSecond && !equalJson(notes.output, object)) askForMore(attributes, notes);
    const failures: Failure[] = [];
    for (const invocation of [...invocationsOf(txn.list(POLICIES) as Policy[], bindings, attributes, kinds(txn))]) {
      if ('problem' in invocation) failures.push(failureOf(invocation, invocation.problem));
      else invoke(invocation, attributes, notes, failures);
    }
    notes.output = { ...object };
    const counted = failures.filter(({ policy }) => policy.spec.failurePolicy !== 'Ignore');
    if (counted.length > 0) throw refusal(attributes, counted);
  },
});
