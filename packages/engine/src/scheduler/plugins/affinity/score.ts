import type { AffinityTerm } from '../../affinity-terms.ts';
import type { SlotCounts } from '../../counters.ts';
import { type Candidates, type Cycle, NODE_SCORE_MAX, type Scores } from '../../framework.ts';
import { selected, sumByDomain, termSelects } from './terms.ts';

/** Models pkg/scheduler/framework/plugins/interpodaffinity/scoring.go. */
export function affinityScore(cycle: Cycle, { count, slots }: Candidates, scores: Scores, hardWeight: number, ignoresPreferred: boolean): boolean {
  let touched = false;
  const add = (topologyKey: string, pods: SlotCounts, weight: number): void => {
    const { domains, counts, total } = sumByDomain(cycle, topologyKey, pods);
    if (total === 0) return;
    if (!touched) scores.fill(0, 0, count);
    touched = true;
    for (let i = 0; i < count; i++) {
      const domain = domains.bySlot[slots[i] as number] as number;
      if (domain >= 0) scores[i] = (scores[i] as number) + weight * (counts[domain] as number);
    }
  };
  const selects = (term: AffinityTerm): boolean => termSelects(term, cycle.pod, cycle.view);
  for (const { term, weight } of cycle.pod.preferredAffinity) add(term.topologyKey, selected(cycle, [term]), weight);
  for (const { term, weight } of cycle.pod.preferredAntiAffinity) add(term.topologyKey, selected(cycle, [term]), -weight);
  const { preferred, requiredNear } = cycle.cache.existing;
  if (hardWeight > 0) for (const { term, holders } of requiredNear.values()) if (selects(term)) add(term.topologyKey, holders, hardWeight);
  if (!ignoresPreferred || hasPreferences(cycle)) {
    for (const { term, weight, holders } of preferred.values()) if (selects(term)) add(term.topologyKey, holders, weight);
  }
  if (touched) spreadOut(scores, count);
  return touched;
}

const hasPreferences = ({ pod }: Cycle): boolean => pod.preferredAffinity.length > 0 || pod.preferredAntiAffinity.length > 0;

/** The lowest becomes 0, the highest 100. */
function spreadOut(scores: Scores, count: number): void {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const score = scores[i] as number;
    if (score < lowest) lowest = score;
    if (score > highest) highest = score;
  }
  const range = highest - lowest;
  for (let i = 0; i < count; i++) scores[i] = range > 0 ? Math.floor((NODE_SCORE_MAX * ((scores[i] as number) - lowest)) / range) : 0;
}
