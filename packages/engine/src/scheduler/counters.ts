import type { Domains } from './domains.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

const COUNTERS_MAX = 256;

/** Counts summed up by the values of one topology label. Kept up to date: whoever holds on to it sees it change. */
export interface DomainSums {
  domains: Domains;
  counts: Int32Array;
  /** Of all nodes that have the label. */
  total: number;
}

/** How many of something each node has, by slot. */
export class SlotCounts {
  bySlot: Int32Array;
  private readonly sums: DomainSums[] = [];

  constructor(slots: number) {
    this.bySlot = new Int32Array(slots);
  }

  add(slot: number, by: number): void {
    this.bySlot[slot] = (this.bySlot[slot] as number) + by;
    for (let i = 0; i < this.sums.length; i++) addTo(this.sums[i] as DomainSums, slot, by);
  }

  /** The same counts by domain: whoever places 10,000 pods must not add up 5,000 nodes for each of them. */
  sumBy(domains: Domains): DomainSums {
    const at = this.sums.findIndex((known) => known.domains.topologyKey === domains.topologyKey);
    const known = this.sums[at];
    if (known?.domains === domains) return known;
    const made: DomainSums = { domains, counts: new Int32Array(domains.count), total: 0 };
    for (let slot = 0; slot < this.bySlot.length; slot++) if (this.bySlot[slot] !== 0) addTo(made, slot, this.bySlot[slot] as number);
    if (known) this.sums[at] = made;
    else this.sums.push(made);
    return made;
  }

  resize(slots: number): void {
    const larger = new Int32Array(slots);
    larger.set(this.bySlot);
    this.bySlot = larger;
  }
}

function addTo(sums: DomainSums, slot: number, by: number): void {
  const domain = sums.domains.bySlot[slot] as number;
  if (!(domain >= 0)) return;
  sums.counts[domain] = (sums.counts[domain] as number) + by;
  sums.total += by;
}

/** How many pods of one selection each node has. */
interface PodCounter {
  matches: (pod: PodInfo) => boolean;
  counts: SlotCounts;
}

/**
 * Counts of selected pods per node, made when first asked for and then kept up to date: spreading 10,000 pods of one
 * workload must not look at 10,000 pods for each of them.
 */
export class PodCounters {
  private readonly byText = new Map<string, PodCounter>();
  private readonly byNamespace = new Map<string, PodCounter[]>();

  constructor(
    private readonly nodes: Iterable<NodeInfo>,
    private slots: number,
  ) {}

  /** @param text identity of the selection within these namespaces */
  counter(text: string, namespaces: readonly string[], matches: (pod: PodInfo) => boolean): SlotCounts {
    const id = `${namespaces.join(',')}|${text}`;
    const known = this.byText.get(id);
    if (known) return known.counts;
    if (this.byText.size >= COUNTERS_MAX) this.clear();
    const made: PodCounter = { matches, counts: new SlotCounts(this.slots) };
    const wanted = new Set(namespaces);
    for (const node of this.nodes) for (const pod of node.pods.values()) if (wanted.has(pod.namespace) && matches(pod)) made.counts.add(node.slot, 1);
    this.byText.set(id, made);
    for (const namespace of wanted) {
      const list = this.byNamespace.get(namespace);
      if (list) list.push(made);
      else this.byNamespace.set(namespace, [made]);
    }
    return made.counts;
  }

  count(pod: PodInfo, slot: number, sign: 1 | -1): void {
    const counters = this.byNamespace.get(pod.namespace);
    if (counters) for (const { matches, counts } of counters) if (matches(pod)) counts.add(slot, sign);
  }

  resize(slots: number): void {
    this.slots = slots;
    for (const { counts } of this.byText.values()) counts.resize(slots);
  }

  clear(): void {
    this.byText.clear();
    this.byNamespace.clear();
  }
}
