import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';

/** What policies and bindings say about the requests they look at. */
export function defaultMatchResources(match: Part): void {
  match.matchPolicy ??= 'Equivalent';
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  for (const rule of [...(match.resourceRules ?? []), ...(match.excludeResourceRules ?? [])]) rule.scope ??= '*';
}

// Models pkg/apis/admissionregistration/v1/defaults.go, for mutating policies too.
export function defaults(policy: KubeObject): void {
  policy.spec ??= {};
  policy.spec.failurePolicy ??= 'Fail';
  if (policy.spec.matchConstraints) defaultMatchResources(policy.spec.matchConstraints);
}
