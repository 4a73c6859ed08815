import type { Instant } from '../../core/instant.ts';
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

export function stateOf(nodes: readonly NodeObject[]): ZoneState {
  const lost = nodes.filter((node) => readyStatus(node) !== 'True').length;
  if (lost > 0 && lost === nodes.length) return 'FullDisruption';
  return lost >= UNHEALTHY_MIN && lost / nodes.length >= UNHEALTHY_SHARE ? 'PartialDisruption' : 'Normal';
}

/** Models GetZoneKey of k8s.io/component-helpers/node/topology. */
export const zoneOf = ({ metadata }: NodeObject): string =>
  `${ownValue(metadata.labels, 'topology.kubernetes.io/region') ?? ''}:${ownValue(metadata.labels, 'topology.kubernetes.io/zone') ?? ''}`;

function zonesOf(nodes: readonly NodeObject[]): Map<string, NodeObject[]> {
  const zones = new Map<string, NodeObject[]>();
  for (const node of nodes) {
    const known = zones.get(zoneOf(node));
    if (known) known.push(node);
    else zones.set(zoneOf(node), [node]);
  }
  return zones;
}

const zoneKey = (zone: string): string => `eviction/zone/${zone}`;
const turnKey = (node: string): string => `eviction/turn/${node}`;

/** When the pods of a lost node may be evicted: at once, at its turn, or not for now. */
export function evictionTurn({ view, api, now }: Reconcile, node: NodeObject): Instant | undefined {
  const name = node.metadata.name as string;
  const zones = zonesOf(view.list('core/nodes') as NodeObject[]);
  const own = zones.get(zoneOf(node)) ?? [];
  const state = stateOf(own);
  const everywhere = [...zones.values()].every((nodes) => stateOf(nodes) === 'FullDisruption');
  if (everywhere || (state === 'PartialDisruption' && own.length <= LARGE_ZONE)) {
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
