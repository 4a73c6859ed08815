import type { KubeObject } from '../../core/object.ts';
import { amountOf } from '../../kinds/shared/pod-requests.ts';
import type { Endpoint } from './endpoint.ts';
import type { Plan, WantedSlice } from './reconcile.ts';
import type { Service } from './serving.ts';
import { type Allocation, type Counts, heldHints, moves } from './zones.ts';

// Models staging/src/k8s.io/endpointslice/topologycache: every zone gets endpoints in proportion to its share of the cluster's CPU.

const MODE = 'service.kubernetes.io/topology-mode';
const DEPRECATED_MODE = 'service.kubernetes.io/topology-aware-hints';
const EXCLUDED = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];
export const ZONE = 'topology.kubernetes.io/zone';
/** How much more than its share an endpoint may have to bear. */
const OVERLOAD = 0.2;

export function wantsTopologyHints({ metadata }: Service): boolean {
  const mode = metadata.annotations?.[MODE] ?? metadata.annotations?.[DEPRECATED_MODE];
  return mode === 'Auto' || mode === 'auto';
}

export const zoneOf = ({ metadata }: KubeObject): string => metadata.labels?.[ZONE] ?? '';
export const cpuOf = ({ status }: KubeObject): number => (status?.allocatable?.cpu === undefined ? 0 : amountOf('cpu', status.allocatable.cpu));
export const isReady = ({ status }: KubeObject): boolean =>
  status?.conditions?.find(({ type }: { type: string }) => type === 'Ready')?.status === 'True';

/** Each zone's share of all CPUs, in the order of their names; undefined where that cannot be told or there is one zone only. Models SetNodes. */
export function zoneShares(nodes: readonly KubeObject[]): Map<string, number> | undefined {
  const cpus = new Map<string, number>();
  let total = 0;
  for (const node of nodes) {
    if (EXCLUDED.some((label) => node.metadata.labels?.[label] !== undefined) || !isReady(node)) continue;
    const [zone, cpu] = [zoneOf(node), cpuOf(node)];
    if (zone === '' || cpu === 0) return undefined;
    total += cpu;
    cpus.set(zone, (cpus.get(zone) ?? 0) + cpu);
  }
  const zones = [...cpus].sort(([a], [b]) => (a < b ? -1 : 1));
  return zones.length < 2 ? undefined : new Map(zones.map(([zone, cpu]) => [zone, cpu / total]));
}

/** What every zone is to have, or why hints would do harm. Models getAllocations. */
function allocate(shares: Map<string, number> | undefined, count: number): Map<string, Allocation> | string {
  if (!shares) return 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes';
  const figures = `(${count} endpoints, ${shares.size} zones)`;
  if (shares.size > count) return `Insufficient number of endpoints ${figures}`;
  const wanted = [...shares].map(([zone, share]) => {
    const minimum = Math.ceil((share * count) / (1 + OVERLOAD));
    return { zone, minimum, desired: Math.max(share * count, minimum) };
  });
  const spare = count - wanted.reduce((sum, { minimum }) => sum + minimum, 0);
  if (spare < 0) return `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${figures}`;
  return new Map(wanted.map(({ zone, minimum, desired }) => [zone, { desired, maximum: minimum + spare }]));
}

const withoutHint = ({ hints: _hints, ...plain }: Endpoint): Endpoint => plain;
const meantFor = (endpoint: Endpoint, zone: string): Endpoint =>
  endpoint.hints?.forZones?.length === 1 && endpoint.hints.forZones[0]?.name === zone
    ? endpoint
    : { ...endpoint, hints: { forZones: [{ name: zone }] } };

const readyIn = (endpoints: readonly Endpoint[] = []): number => endpoints.filter(({ conditions }) => conditions.ready).length;
const touched = (slice: KubeObject): WantedSlice => ({
  slice,
  addressType: slice.addressType,
  ports: slice.ports ?? [],
  endpoints: slice.endpoints ?? [],
});

function without(plan: Plan, unchanged: readonly KubeObject[], message: string): Plan {
  const clean = (wanted: WantedSlice): WantedSlice => ({ ...wanted, endpoints: wanted.endpoints.map(withoutHint) });
  const hinted = unchanged.filter(({ endpoints = [] }) => endpoints.some(({ hints }: Endpoint) => hints !== undefined));
  return {
    ...plan,
    create: plan.create.map(clean),
    update: [...plan.update, ...hinted.map(touched)].map(clean),
    hinting: { enabled: false, message },
  };
}

/** The plan with an endpoint's own zone as its hint, except for those that a zone with too few of them needs. Models AddHints. */
export function withTopologyHints(plan: Plan, unchanged: readonly KubeObject[], shares: Map<string, number> | undefined): Plan {
  const all = [...plan.create, ...plan.update, ...(unchanged as unknown as { endpoints?: Endpoint[] }[])];
  const allocations = allocate(
    shares,
    all.reduce((sum, { endpoints }) => sum + readyIn(endpoints), 0),
  );
  if (typeof allocations === 'string') return without(plan, unchanged, allocations);
  const held: Counts = new Map();
  const stale = unchanged.filter((slice) => !heldHints(slice.endpoints ?? [], held, allocations));
  const update = [...plan.update, ...stale.map(touched)];
  const slices = [...plan.create, ...update];
  const ready = slices.flatMap(({ endpoints }) => endpoints).filter(({ conditions }) => conditions.ready);
  if (ready.some(({ zone }) => !zone)) return without(plan, unchanged, 'One or more endpoints do not have a zone specified');
  for (const { zone } of ready) held.set(zone as string, (held.get(zone as string) ?? 0) + 1);
  const move = moves(allocations, held);
  const hint = (endpoint: Endpoint): Endpoint =>
    endpoint.conditions.ready ? meantFor(endpoint, move(endpoint.zone as string) ?? (endpoint.zone as string)) : withoutHint(endpoint);
  const apply = (wanted: WantedSlice): WantedSlice => ({ ...wanted, endpoints: wanted.endpoints.map(hint) });
  return { ...plan, create: plan.create.map(apply), update: update.map(apply), hinting: { enabled: true } };
}
