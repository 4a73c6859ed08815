import type { PolicyRule } from '../authorize.ts';
import { goQuote } from '../field.ts';

/** Verbs on one thing are listed together. Models CompactRules in pkg/apis/rbac/validation and CompactString in pkg/apis/rbac/v1. */
export function compactText(rules: readonly PolicyRule[]): string[] {
  const together = new Map<string, PolicyRule>();
  const texts = new Set<string>();
  for (const rule of rules) {
    if (rule.nonResourceURLs) {
      texts.add(ruleText(rule));
      continue;
    }
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
    const known = together.get(key);
    together.set(key, known ? { ...known, verbs: [...known.verbs, ...rule.verbs.filter((verb) => !known.verbs.includes(verb))] } : rule);
  }
  for (const rule of together.values()) texts.add(ruleText(rule));
  return [...texts].sort();
}

function ruleText({ apiGroups, resources, nonResourceURLs, resourceNames, verbs }: PolicyRule): string {
  const parts: [string, string[] | undefined][] = [
    ['APIGroups', apiGroups],
    ['Resources', resources],
    ['NonResourceURLs', nonResourceURLs],
    ['ResourceNames', resourceNames],
    ['Verbs', verbs],
  ];
  const said = parts.flatMap(([field, values]) => (values?.length ? [`${field}:[${values.map(goQuote).join(' ')}]`] : []));
  return `{${said.join(', ')}}`;
}
