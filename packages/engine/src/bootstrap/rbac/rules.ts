import type { PolicyRule } from '../../machinery/authorize.ts';

const SHAPE = /^(\S+) (\S+): (\S+)(?: \[(\S+)\])?$/;

/**
 * `<verbs> <groups>: <resources> [<names>]`, or `<verbs> url: <paths>`; lists are separated by commas, the core group is called `core`.
 * 600 rules in Kubernetes' own notation would be 4,000 lines that nobody reads.
 */
export function ruleOf(text: string): PolicyRule {
  const match = SHAPE.exec(text);
  if (!match) throw new Error(`no rule: ${text}`);
  const [, verbs, groups, things, names] = match as unknown as [string, string, string, string, string | undefined];
  if (groups === 'url') return { nonResourceURLs: things.split(','), verbs: verbs.split(',') };
  return {
    apiGroups: groups.split(',').map((group) => (group === 'core' ? '' : group)),
    ...(names ? { resourceNames: names.split(',') } : {}),
    resources: things.split(','),
    verbs: verbs.split(','),
  };
}
