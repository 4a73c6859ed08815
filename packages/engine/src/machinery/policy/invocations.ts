import type { KubeObject } from '../../core/object.ts';
import type { Attributes } from '../machine.ts';
import type { Registry } from '../registry.ts';
import { matches } from './match.ts';
import { ConfigurationError, paramKindOf, paramsOf } from './params.ts';
import type { Binding, Policy } from './types.ts';

/** One policy that a binding brings to bear on a request, with one parameter. */
export interface Invocation {
  policy: Policy;
  binding: Binding;
  param: KubeObject | undefined;
}

/** A policy or binding that cannot be brought to bear; failurePolicy decides what that means. */
export interface Misconfiguration {
  policy: Policy;
  binding?: Binding;
  problem: string;
}

function attempt<T>(what: 'policy' | 'binding', step: () => T): { found: T } | { problem: string } {
  try {
    return { found: step() };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { problem: `failed to configure ${what}: ${error.message}` };
  }
}

/** Models Dispatch in k8s.io/apiserver/pkg/admission/plugin/policy/generic/policy_dispatcher.go. */
export function* invocationsOf(
  policies: readonly Policy[],
  bindings: readonly Binding[],
  attributes: Attributes,
  registry: Registry,
): Generator<Invocation | Misconfiguration> {
  for (const policy of policies) {
    const own = bindings.filter(({ spec }) => spec.policyName === policy.metadata.name);
    if (own.length === 0 || !matches(policy.spec.matchConstraints, attributes)) continue;
    const kind = attempt('policy', () => paramKindOf(policy, registry));
    if ('problem' in kind) {
      yield { policy, problem: kind.problem };
      continue;
    }
    for (const binding of own) {
      if (!matches(binding.spec.matchResources, attributes)) continue;
      const params = attempt('binding', () => paramsOf(binding, kind.found, attributes));
      if ('problem' in params) yield { policy, binding, problem: params.problem };
      else for (const param of params.found) yield { policy, binding, param };
    }
  }
}
