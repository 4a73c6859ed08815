import type { PodAffinityTerm, WeightedPodAffinityTerm } from '@vivakube/schema/types/core.v1';
import type { PodObject } from '../kinds/shared/pod.ts';
import { type LabelSelectorObject, type Selector, selectorFor, selectorOf } from '../machinery/selector/index.ts';

/** One term of pod (anti-)affinity, resolved against the pod it belongs to. Models framework.AffinityTerm. */
export interface AffinityTerm {
  topologyKey: string;
  selector: Selector;
  namespaces: readonly string[];
  /** Namespaces by their labels, besides those named; undefined where the term has no namespaceSelector. */
  namespaceSelector: Selector | undefined;
  /** Two terms with the same text select the same pods. */
  text: string;
}

export interface WeightedTerm {
  weight: number;
  term: AffinityTerm;
}

interface Terms {
  requiredAffinity: readonly AffinityTerm[];
  requiredAntiAffinity: readonly AffinityTerm[];
  preferredAffinity: readonly WeightedTerm[];
  preferredAntiAffinity: readonly WeightedTerm[];
}

const NONE: Terms = { requiredAffinity: [], requiredAntiAffinity: [], preferredAffinity: [], preferredAntiAffinity: [] };

export function affinityTerms(pod: PodObject): Terms {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  if (!podAffinity && !podAntiAffinity) return NONE;
  const resolve = (term: PodAffinityTerm): AffinityTerm => termOf(pod, term);
  const weigh = (w: WeightedPodAffinityTerm): WeightedTerm => ({ weight: w.weight, term: resolve(w.podAffinityTerm) });
  return {
    requiredAffinity: (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(resolve),
    requiredAntiAffinity: (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(resolve),
    preferredAffinity: (podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(weigh),
    preferredAntiAffinity: (podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(weigh),
  };
}

function termOf(pod: PodObject, term: PodAffinityTerm): AffinityTerm {
  const own = term.namespaceSelector === undefined && !term.namespaces?.length;
  const namespaces = own ? [pod.metadata.namespace ?? ''] : [...(term.namespaces ?? [])].sort();
  const selector = withLabelKeys(
    selectorFor(term.labelSelector as LabelSelectorObject | undefined),
    pod,
    term.matchLabelKeys,
    term.mismatchLabelKeys,
  );
  return {
    topologyKey: term.topologyKey,
    selector,
    namespaces,
    namespaceSelector: term.namespaceSelector === undefined ? undefined : selectorFor(term.namespaceSelector as LabelSelectorObject),
    text: JSON.stringify([term.topologyKey, namespaces, term.namespaceSelector, selector.nothing, selector.requirements]),
  };
}

/** matchLabelKeys and mismatchLabelKeys: the pod's own values become part of the selector. */
export function withLabelKeys(selector: Selector, pod: PodObject, same: readonly string[] = [], other: readonly string[] = []): Selector {
  if (selector.nothing || (same.length === 0 && other.length === 0)) return selector;
  const labels = pod.metadata.labels ?? {};
  const requirements = [...selector.requirements];
  for (const key of same) if (Object.hasOwn(labels, key)) requirements.push({ key, operator: 'in', values: [labels[key] as string] });
  for (const key of other) if (Object.hasOwn(labels, key)) requirements.push({ key, operator: 'notin', values: [labels[key] as string] });
  return selectorOf(requirements);
}
