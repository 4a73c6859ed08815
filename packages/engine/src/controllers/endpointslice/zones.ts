import type { Endpoint } from './endpoint.ts';

// Models the redistribution of staging/src/k8s.io/endpointslice/topologycache/utils.go.

export interface Allocation {
  desired: number;
  maximum: number;
}

/** Endpoints by zone. */
export type Counts = Map<string, number>;

/** Counts the hints of a slice that nothing else changes; false where they have to be given anew. Models getHintsByZone. */
export function heldHints(endpoints: readonly Endpoint[], held: Counts, allocations: ReadonlyMap<string, Allocation>): boolean {
  const own: Counts = new Map();
  for (const { conditions, hints } of endpoints) {
    if (!conditions.ready) continue;
    if (!hints?.forZones?.length) return false;
    for (const { name } of hints.forZones) own.set(name, (own.get(name) ?? 0) + 1);
  }
  for (const [zone, count] of own) if (count + (held.get(zone) ?? 0) > (allocations.get(zone)?.maximum ?? -1)) return false;
  for (const [zone, count] of own) held.set(zone, count + (held.get(zone) ?? 0));
  return true;
}

function most(zones: ReadonlyMap<string, number>): [zone: string, count: number] | undefined {
  let found: [string, number] | undefined;
  for (const entry of zones) if (entry[1] > (found?.[1] ?? 0)) found = entry;
  return found;
}

const change = (counts: Counts, zone: string, by: number): void => {
  counts.set(zone, (counts.get(zone) ?? 0) + by);
};

/** Whole endpoints that zones give and get. Models getGivingAndReceivingZones. */
function exchange(allocations: ReadonlyMap<string, Allocation>, held: Counts): { giving: Counts; receiving: Counts } {
  const over: Counts = new Map();
  const under: Counts = new Map();
  for (const [zone, { desired }] of allocations) {
    const surplus = (held.get(zone) ?? 0) - desired;
    if (surplus > 0) over.set(zone, surplus);
    if (surplus < 0) under.set(zone, -surplus);
  }
  const giving: Counts = new Map();
  const receiving: Counts = new Map();
  for (;;) {
    const [from, to] = [most(over), most(under)];
    if (!from || !to || (from[1] < 1 && to[1] < 1) || from[1] < 0.5 || to[1] < 0.5) return { giving, receiving };
    change(giving, from[0], 1);
    change(over, from[0], -1);
    change(receiving, to[0], 1);
    change(under, to[0], -1);
  }
}

/** Tells of one endpoint after the other which other zone it is given to, if it is. Models redistributeHints. */
export function moves(allocations: ReadonlyMap<string, Allocation>, held: Counts): (zone: string) => string | undefined {
  const { giving, receiving } = exchange(allocations, held);
  return (zone) => {
    const to = [...receiving].find(([, count]) => count > 0)?.[0];
    if (to === undefined || (giving.get(zone) ?? 0) <= 0) return undefined;
    change(giving, zone, -1);
    change(receiving, to, -1);
    return to;
  };
}
