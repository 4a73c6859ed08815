import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import { type Endpoint, identityOf } from './endpoint.ts';

/** Models maxEndpointsPerSlice of kube-controller-manager. */
export const ENDPOINTS_PER_SLICE_MAX = 100;

export interface Packing {
  create: Endpoint[][];
  update: { slice: KubeObject; endpoints: Endpoint[] }[];
  remove: KubeObject[];
}

/**
 * Spreads the wanted endpoints of one set of ports over slices with as few writes as can be: what is in a slice stays there,
 * slices that change anyway are filled up, then one untouched slice that takes all the rest, then new ones.
 * Models reconcileByPortMapping in staging/src/k8s.io/endpointslice/reconciler.go.
 */
export function pack(
  slices: readonly KubeObject[],
  wanted: readonly Endpoint[],
  labelsChanged: (slice: KubeObject) => boolean,
  sizeMax = ENDPOINTS_PER_SLICE_MAX,
): Packing {
  const left = new Map(wanted.map((endpoint) => [identityOf(endpoint), endpoint]));
  const update: Packing['update'] = [];
  const remove: KubeObject[] = [];
  let untouched: KubeObject[] = [];
  for (const slice of slices) {
    const { endpoints, changed } = kept(slice, left);
    if (changed && endpoints.length === 0) remove.push(slice);
    else if (changed || labelsChanged(slice)) update.push({ slice, endpoints });
    else untouched.push(slice);
  }
  const queue = [...left.values()];
  let next = 0;
  const fill = (endpoints: Endpoint[]): void => {
    while (next < queue.length && endpoints.length < sizeMax) endpoints.push(queue[next++] as Endpoint);
  };
  for (const { endpoints } of [...update].sort((a, b) => b.endpoints.length - a.endpoints.length)) fill(endpoints);
  const create: Endpoint[][] = [];
  while (next < queue.length) {
    const room = roomFor(untouched, queue.length - next, sizeMax);
    const endpoints: Endpoint[] = room ? [...(room.endpoints ?? [])] : [];
    fill(endpoints);
    if (!room) {
      create.push(endpoints);
      continue;
    }
    update.push({ slice: room, endpoints });
    untouched = untouched.filter((slice) => slice !== room);
  }
  return { create, update, remove };
}

/** The endpoints of a slice that are still wanted, as they are now; takes them from what is left to place. */
function kept(slice: KubeObject, left: Map<string, Endpoint>): { endpoints: Endpoint[]; changed: boolean } {
  const old: Endpoint[] = slice.endpoints ?? [];
  const endpoints: Endpoint[] = [];
  let changed = false;
  for (const endpoint of old) {
    const identity = identityOf(endpoint);
    const now = left.get(identity);
    if (!now) continue;
    left.delete(identity);
    const { hints, ...plain } = endpoint;
    const same = equalJson(plain, now);
    endpoints.push(same ? endpoint : hints ? { ...now, hints } : now);
    changed ||= !same;
  }
  return { endpoints, changed: changed || endpoints.length !== old.length };
}

/** The slice that is fullest once the rest is in it. Models getSliceToFill. */
function roomFor(slices: readonly KubeObject[], count: number, sizeMax: number): KubeObject | undefined {
  if (count >= sizeMax) return undefined;
  let best: KubeObject | undefined;
  let bestRoom = sizeMax;
  for (const slice of slices) {
    const room = sizeMax - count - (slice.endpoints?.length ?? 0);
    if (room < 0 || room >= bestRoom) continue;
    best = slice;
    bestRoom = room;
  }
  return best;
}
