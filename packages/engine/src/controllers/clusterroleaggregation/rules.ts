import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import type { PolicyRule } from '../../machinery/authorize.ts';

/** Rules of all the roles, each once, in the order in which they are met. */
export function union(roles: readonly KubeObject[]): PolicyRule[] {
  const rules: PolicyRule[] = [];
  for (const role of roles) {
    for (const rule of (role.rules ?? []) as PolicyRule[]) if (!rules.some((known) => equalJson(known, rule))) rules.push(rule);
  }
  return rules;
}
