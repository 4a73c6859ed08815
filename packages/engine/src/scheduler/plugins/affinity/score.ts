import type { AffinityTerm } from '../../affinity-terms.ts';
import { type Cycle, NODE_SCORE_MAX, type Scores } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import { selectedBySlot, sumByDomain, termSelects } from './terms.ts';

/** Models pkg/scheduler/framework/plugins/interpodaffinity/scoring.go. */
export function affinityScore(cycle: Cycle, nodes: readonly NodeInfo[], hardWeight: number, ignoresPreferred: boolean): Scores | undefined {
  const raw = new Float64Array(nodes.length);
  let touched = false;
  const add = (topologyKey: string, bySlot: Int32Array, weight: number): void => {
    const { domains, counts, total } = sumByDomain(cycle, topologyKey, bySlot);
    if (total === 0) return;
    touched = true;
    for (let i = 0; i < nodes.length; i++) {
      const domain = domains[(nodes[i] as NodeInfo).slot] as number;
      if (domain >= 0) raw[i] = (raw[i] as number) + weight * (counts[domain] as number);
    }
  };
  const selects = (term: AffinityTerm): boolean => termSelects(term, cycle.pod, cycle.view);
  for (const { term, weight } of cycle.pod.preferredAffinity) add(term.topologyKey, selectedBySlot(cycle, [term]), weight);
  for (const { term, weight } of cycle.pod.preferredAntiAffinity) add(term.topologyKey, selectedBySlot(cycle, [term]), -weight);
  const { preferred, requiredNear } = cycle.cache.existing;
  if (hardWeight > 0) for (const { term, bySlot } of requiredNear.values()) if (selects(term)) add(term.topologyKey, bySlot, hardWeight);
  if (!ignoresPreferred || hasPreferences(cycle)) {
    for (const { term, weight, bySlot } of preferred.values()) if (selects(term)) add(term.topologyKey, bySlot, weight);
  }
  return touched ? spreadOut(raw) : undefined;
}

const hasPreferences = ({ pod }: Cycle): boolean => pod.preferredAffinity.length > 0 || pod.preferredAntiAffinity.length > 0;

/** The lowest becomes 0, the highest 100. */
function spreadOut(raw: Scores): Scores {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of raw) {
    if (score < lowest) lowest = score;
    if (score > highest) highest = score;
  }
  const range = highest - lowest;
  for (let i = 0; i < raw.length; i++) raw[i] = range > 0 ? Math.floor((NODE_SCORE_MAX * ((raw[i] as number) - lowest)) / range) : 0;
  return raw;
}
