import type { View } from '../../../core/txn.ts';
import type { AffinityTerm } from '../../affinity-terms.ts';
import type { DomainSums, SlotCounts } from '../../counters.ts';
import type { Cycle } from '../../framework.ts';
import type { PodInfo } from '../../pod-info.ts';

/** Whether a term means this pod. */
export const termSelects = (term: AffinityTerm, pod: PodInfo, view: View): boolean =>
  term.selector.matches(pod.pod.metadata.labels) && coversNamespace(term, pod.namespace, view);

function coversNamespace({ namespaces, namespaceSelector }: AffinityTerm, namespace: string, view: View): boolean {
  if (namespaces.includes(namespace)) return true;
  if (!namespaceSelector) return false;
  return namespaceSelector.everything || namespaceSelector.matches(view.get(`core/namespaces//${namespace}`)?.metadata.labels);
}

/** Every namespace that a term reaches into at this moment. */
function namespacesOf({ namespaces, namespaceSelector }: AffinityTerm, view: View): readonly string[] {
  if (!namespaceSelector) return namespaces;
  const selected = view.list('core/namespaces').filter((n) => namespaceSelector.matches(n.metadata.labels));
  return [...new Set([...namespaces, ...selected.map((n) => n.metadata.name as string)])].sort();
}

/** How many pods on each node all of the terms mean. */
export function selected({ cache, view }: Cycle, terms: readonly AffinityTerm[]): SlotCounts {
  const reach = terms.map((term) => namespacesOf(term, view));
  const common = (reach[0] ?? []).filter((namespace) => reach.every((list) => list.includes(namespace)));
  const text = `affinity|${terms.map((term) => term.text).join('|')}`;
  return cache.counters.counter(text, common, (pod) => terms.every((term) => term.selector.matches(pod.pod.metadata.labels)));
}

/** The same counts, summed up by domain of a topology. */
export const sumByDomain = ({ cache }: Cycle, topologyKey: string, counts: SlotCounts): DomainSums => counts.sumBy(cache.domains(topologyKey));
