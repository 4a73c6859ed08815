import type { AffinityTerm } from './affinity-terms.ts';
import { SlotCounts } from './counters.ts';
import type { PodInfo } from './pod-info.ts';

/** Terms that running pods bring along and that incoming pods are held against, with the number of their holders per node. */
export interface ExistingTerm {
  term: AffinityTerm;
  holders: SlotCounts;
  total: number;
}

/** Pods of one workload share their terms, so there are as many entries as workloads, not as pods. */
export class ExistingTerms {
  readonly requiredAnti = new Map<string, ExistingTerm>();
  /** What the holders insist on for themselves draws others as well. */
  readonly requiredNear = new Map<string, ExistingTerm>();
  /** Weighted: what incoming pods gain (or, below zero, lose) near the holders. */
  readonly preferred = new Map<string, ExistingTerm & { weight: number }>();

  constructor(private slots: number) {}

  count(pod: PodInfo, slot: number, sign: 1 | -1): void {
    for (const term of pod.requiredAntiAffinity) this.bump(this.requiredAnti, term.text, () => this.entry(term), slot, sign);
    for (const term of pod.requiredAffinity) this.bump(this.requiredNear, term.text, () => this.entry(term), slot, sign);
    for (const { term, weight } of pod.preferredAffinity) this.bumpWeighted(term, weight, slot, sign);
    for (const { term, weight } of pod.preferredAntiAffinity) this.bumpWeighted(term, -weight, slot, sign);
  }

  private bumpWeighted(term: AffinityTerm, weight: number, slot: number, sign: 1 | -1): void {
    this.bump(this.preferred, `${weight}|${term.text}`, () => ({ ...this.entry(term), weight }), slot, sign);
  }

  private entry(term: AffinityTerm): ExistingTerm {
    return { term, holders: new SlotCounts(this.slots), total: 0 };
  }

  private bump<T extends ExistingTerm>(map: Map<string, T>, text: string, make: () => T, slot: number, sign: 1 | -1): void {
    let entry = map.get(text);
    if (!entry) {
      entry = make();
      map.set(text, entry);
    }
    entry.holders.add(slot, sign);
    entry.total += sign;
    if (entry.total === 0) map.delete(text);
  }

  resize(slots: number): void {
    this.slots = slots;
    for (const map of [this.requiredAnti, this.requiredNear, this.preferred]) for (const { holders } of map.values()) holders.resize(slots);
  }
}
