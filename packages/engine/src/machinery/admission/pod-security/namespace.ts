import { invalidObject } from '../../field.ts';
import type { Attributes } from '../../machine.ts';
import { evaluate, reasonText, type Standard, standardText } from './levels.ts';
import { policyErrors, standardOf, strictness } from './policy.ts';

/** Labels must be understood, and whoever tightens a namespace is told which pods would not be let in again. Models ValidateNamespace. */
export function validateNamespace({ object, old, operation, name, txn, warnings }: Attributes): void {
  const [labels, before] = [object?.metadata.labels, old?.metadata.labels];
  const errors = policyErrors(labels);
  const known = operation === 'UPDATE' ? policyErrors(before).map(({ field, body }) => `${field}: ${body}`) : [];
  if (errors.length > 0 && errors.some(({ field, body }) => !known.includes(`${field}: ${body}`))) throw invalidObject('', 'Namespace', name, errors);
  if (operation !== 'UPDATE') return;
  const [now, then] = [standardOf(labels, 'enforce'), standardOf(before, 'enforce')];
  const relaxed = now.version === then.version && strictness(now.level) <= strictness(then.level);
  if (now.level !== 'privileged' && !relaxed) warnings.push(...existingPods(txn.list('core/pods', name), name, now));
}

type Pods = ReturnType<Attributes['txn']['list']>;

function existingPods(pods: Pods, namespace: string, standard: Standard): string[] {
  const groups = new Map<string, string[]>();
  for (const pod of pods) {
    const findings = evaluate(standard, pod.spec, pod.metadata);
    if (findings.length === 0) continue;
    const reason = reasonText(findings);
    groups.set(reason, [...(groups.get(reason) ?? []), pod.metadata.name as string]);
  }
  if (groups.size === 0) return [];
  const lines = [...groups].map(([reason, names]) => `${named(names.sort())}: ${reason}`).sort();
  return [
    `existing pods in namespace ${JSON.stringify(namespace)} violate the new PodSecurity enforce level ${JSON.stringify(standardText(standard))}`,
    ...lines,
  ];
}

function named([first, ...others]: string[]): string {
  if (others.length === 0) return first as string;
  return others.length === 1 ? `${first} (and 1 other pod)` : `${first} (and ${others.length} other pods)`;
}
