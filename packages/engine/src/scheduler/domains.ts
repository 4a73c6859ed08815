import type { NodeInfo } from './node-info.ts';

/** The values of one topology label as small numbers: by slot, -1 where a node has no such label. */
export interface Domains {
  topologyKey: string;
  bySlot: Int32Array;
  count: number;
  /** Whether every node has the label. */
  everywhere: boolean;
}

export function domainsOf(topologyKey: string, nodes: Iterable<NodeInfo>, slots: number): Domains {
  const bySlot = new Int32Array(slots).fill(-1);
  const ids = new Map<string, number>();
  let everywhere = true;
  for (const node of nodes) {
    const value = node.labels?.[topologyKey];
    if (typeof value !== 'string') {
      everywhere = false;
      continue;
    }
    let id = ids.get(value);
    if (id === undefined) {
      id = ids.size;
      ids.set(value, id);
    }
    bySlot[node.slot] = id;
  }
  return { topologyKey, bySlot, count: ids.size, everywhere };
}
