import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

const COUNTERS_MAX = 256;

/** How many pods of one selection each node has, by slot. */
export interface PodCounter {
  matches: (pod: PodInfo) => boolean;
  /** Namespaces it selects from. */
  namespaces: readonly string[];
  bySlot: Int32Array;
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
  counter(text: string, namespaces: readonly string[], matches: (pod: PodInfo) => boolean): PodCounter {
    const id = `${namespaces.join(',')}|${text}`;
    const known = this.byText.get(id);
    if (known) return known;
    if (this.byText.size >= COUNTERS_MAX) this.clear();
    const made: PodCounter = { matches, namespaces, bySlot: new Int32Array(this.slots) };
    const wanted = new Set(namespaces);
    for (const node of this.nodes) for (const pod of node.pods.values()) if (wanted.has(pod.namespace) && matches(pod)) bump(made, node.slot, 1);
    this.byText.set(id, made);
    for (const namespace of wanted) {
      const list = this.byNamespace.get(namespace);
      if (list) list.push(made);
      else this.byNamespace.set(namespace, [made]);
    }
    return made;
  }

  count(pod: PodInfo, slot: number, sign: 1 | -1): void {
    const counters = this.byNamespace.get(pod.namespace);
    if (counters) for (const counter of counters) if (counter.matches(pod)) bump(counter, slot, sign);
  }

  resize(slots: number): void {
    this.slots = slots;
    for (const counter of this.byText.values()) counter.bySlot = grown(counter.bySlot, slots);
  }

  clear(): void {
    this.byText.clear();
    this.byNamespace.clear();
  }
}

const bump = (counter: PodCounter, slot: number, by: number): void => {
  counter.bySlot[slot] = (counter.bySlot[slot] as number) + by;
};

export function grown(array: Int32Array<ArrayBufferLike>, size: number): Int32Array {
  const larger = new Int32Array(size);
  larger.set(array);
  return larger;
}
