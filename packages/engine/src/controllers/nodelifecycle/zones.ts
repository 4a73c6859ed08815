import type { ClusterEvent } from '../../core/event.ts';
import type { Instant } from '../../core/instant.ts';
import type { Projection } from '../../core/projection.ts';
import type { View } from '../../core/txn.ts';
import { ownValue } from '../../kinds/shared/fields.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { readyStatus } from './conditions.ts';

// Models ComputeZoneState, handleDisruption and setLimiterInZone in pkg/controller/nodelifecycle/node_lifecycle_controller.go.
/** --unhealthy-zone-threshold: the share of lost nodes from which on it is the zone that has a problem. */
const UNHEALTHY_SHARE = 0.55;
const UNHEALTHY_MIN = 3;
/** --large-cluster-size-threshold: in smaller zones with a problem nobody is evicted. */
const LARGE_ZONE = 50;
/** --node-eviction-rate of 0.1 and --secondary-node-eviction-rate of 0.01 nodes a second. */
const EVERY_MS = 10_000;
const SLOWLY_EVERY_MS = 100_000;

export type ZoneState = 'Normal' | 'PartialDisruption' | 'FullDisruption';

interface Zone {
  nodes: number;
  lost: number;
}

export function stateOf({ nodes, lost }: Zone): ZoneState {
  if (lost > 0 && lost === nodes) return 'FullDisruption';
  return lost >= UNHEALTHY_MIN && lost / nodes >= UNHEALTHY_SHARE ? 'PartialDisruption' : 'Normal';
}

/** Models GetZoneKey of k8s.io/component-helpers/node/topology. */
export const zoneOf = ({ metadata }: NodeObject): string =>
  `${ownValue(metadata.labels, 'topology.kubernetes.io/region') ?? ''}:${ownValue(metadata.labels, 'topology.kubernetes.io/zone') ?? ''}`;

/** How many nodes each zone has, and how many of them are lost. */
const zones: Projection<Map<string, Zone>> = {
  name: 'node-zones',
  build: (view) => {
    const counted = new Map<string, Zone>();
    for (const node of view.list('core/nodes') as NodeObject[]) count(counted, node, 1);
    return counted;
  },
  apply: (counted, { key, type, stored, previous }) => {
    if (!key.startsWith('core/nodes/')) return;
    if (previous && type !== 'DELETED') count(counted, previous.object as NodeObject, -1);
    count(counted, stored.object as NodeObject, type === 'DELETED' ? -1 : 1);
  },
};

function count(counted: Map<string, Zone>, node: NodeObject, by: 1 | -1): void {
  const zone = zoneOf(node);
  const known = counted.get(zone) ?? { nodes: 0, lost: 0 };
  known.nodes += by;
  if (readyStatus(node) !== 'True') known.lost += by;
  if (known.nodes === 0) counted.delete(zone);
  else counted.set(zone, known);
}

const statesOf = (counted: ReadonlyMap<string, Zone>): string =>
  [...counted]
    .map(([zone, counts]) => `${zone}=${stateOf(counts)}`)
    .sort()
    .join();

/** Whether a zone's state became another one by an event. */
export function changesZones(view: View, { type, stored, previous }: ClusterEvent): boolean {
  const [now, before] = [stored.object as NodeObject, previous?.object as NodeObject | undefined];
  if (type === 'MODIFIED' && before && readyStatus(now) === readyStatus(before) && zoneOf(now) === zoneOf(before)) return false;
  const after = view.project(zones);
  const earlier = new Map([...after].map(([zone, counts]): [string, Zone] => [zone, { ...counts }]));
  count(earlier, now, type === 'DELETED' ? 1 : -1);
  if (before && type !== 'DELETED') count(earlier, before, 1);
  return statesOf(earlier) !== statesOf(after);
}

const zoneKey = (zone: string): string => `eviction/zone/${zone}`;
const turnKey = (node: string): string => `eviction/turn/${node}`;

/** When the pods of a lost node may be evicted: at once, at its turn, or not for now. */
export function evictionTurn({ view, api, now }: Reconcile, node: NodeObject): Instant | undefined {
  const name = node.metadata.name as string;
  const counted = view.project(zones);
  const own = counted.get(zoneOf(node)) as Zone;
  const state = stateOf(own);
  const everywhere = [...counted.values()].every((zone) => stateOf(zone) === 'FullDisruption');
  if (everywhere || (state === 'PartialDisruption' && own.nodes <= LARGE_ZONE)) {
    giveUpTurn({ view, api }, name);
    return undefined;
  }
  const known = view.runtime<Instant>(turnKey(name));
  if (known !== undefined) return known;
  const turn = Math.max(now, view.runtime<Instant>(zoneKey(zoneOf(node))) ?? now);
  api.setRuntime(zoneKey(zoneOf(node)), turn + (state === 'PartialDisruption' ? SLOWLY_EVERY_MS : EVERY_MS));
  api.setRuntime(turnKey(name), turn);
  return turn;
}

export function giveUpTurn({ view, api }: Pick<Reconcile, 'view' | 'api'>, node: string): void {
  if (view.runtime(turnKey(node)) !== undefined) api.setRuntime(turnKey(node), undefined);
}
