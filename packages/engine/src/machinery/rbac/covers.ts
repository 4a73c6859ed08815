import type { View } from '../../core/txn.ts';
import { type AccessQuestion, type PolicyRule, ruleAllows, rulesFor } from '../authorize.ts';
import type { UserInfo } from '../request.ts';

// Models Covers and BreakdownRule in k8s.io/component-helpers/auth/rbac/validation/policy_comparator.go.

/** One verb on one thing: what a question asks, as a rule. */
interface Atom {
  rule: PolicyRule;
  question: AccessQuestion;
}

/** The smallest parts of rules that the user does not have in a namespace. */
export function uncovered(view: View, user: UserInfo, namespace: string, rules: readonly PolicyRule[], missingRoles: string[] = []): PolicyRule[] {
  const held = [...rulesFor(view, user, namespace, missingRoles)].map(({ rule }) => rule);
  return rules
    .flatMap(atomsOf)
    .filter(({ question }) => !held.some((rule) => ruleAllows(rule, question)))
    .map(({ rule }) => rule);
}

function atomsOf(rule: PolicyRule): Atom[] {
  const atoms: Atom[] = [];
  for (const verb of rule.verbs) {
    for (const group of rule.apiGroups ?? []) {
      for (const resource of rule.resources ?? []) {
        for (const name of rule.resourceNames?.length ? rule.resourceNames : ['']) atoms.push(resourceAtom(verb, group, resource, name));
      }
    }
    for (const path of rule.nonResourceURLs ?? []) atoms.push(pathAtom(verb, path));
  }
  return atoms;
}

function resourceAtom(verb: string, group: string, text: string, name: string): Atom {
  const slash = text.indexOf('/');
  const [resource, subresource] = slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
  return {
    rule: { apiGroups: [group], resources: [text], ...(name ? { resourceNames: [name] } : {}), verbs: [verb] },
    question: { verb, group, resource, subresource, namespace: '', name },
  };
}

const pathAtom = (verb: string, path: string): Atom => ({
  rule: { nonResourceURLs: [path], verbs: [verb] },
  question: { verb, group: '', resource: '', subresource: '', namespace: '', name: '', path },
});
