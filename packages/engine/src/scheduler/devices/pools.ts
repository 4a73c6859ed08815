import type { NodeSelector } from '@vivakube/schema/types/core.v1';
import type { Device as DeviceSpec, ResourceSlice } from '@vivakube/schema/types/resource.v1';
import type { ClusterEvent } from '../../core/event.ts';
import { splitKey } from '../../core/key.ts';
import type { Projection } from '../../core/projection.ts';
import type { View } from '../../core/txn.ts';
import { nodeSelectorMatches, type SelectableNode } from '../../kinds/shared/node-selection.ts';

export const SLICE_RESOURCE = 'resource.k8s.io/resourceslices';

/** Devices of one driver that are described together, by any number of slices. */
export interface Pool {
  /** `driver/pool` */
  id: string;
  slices: ResourceSlice[];
  /** Not all of its slices are there. */
  isIncomplete: boolean;
  /** A device is described twice. */
  isInvalid: boolean;
}

export interface Device {
  /** `driver/pool/device` */
  id: string;
  spec: DeviceSpec;
  slice: ResourceSlice;
  pool: Pool;
}

/** Devices by the one node that they belong to, and those that need a closer look. */
export interface Inventory {
  byNode: ReadonlyMap<string, readonly Device[]>;
  elsewhere: readonly Device[];
  byId: ReadonlyMap<string, Device>;
}

/** Only the latest generation of a pool counts. Models GatherPools of k8s.io/dynamic-resource-allocation/structured. */
function gatherPools(slices: readonly ResourceSlice[]): Pool[] {
  const pools = new Map<string, Pool>();
  for (const slice of slices) {
    const { driver, pool } = slice.spec;
    const id = `${driver}/${pool.name}`;
    const known = pools.get(id) ?? { id, slices: [], isIncomplete: false, isInvalid: false };
    pools.set(id, known);
    const generation = known.slices[0]?.spec.pool.generation ?? pool.generation;
    if (pool.generation < generation) continue;
    if (pool.generation > generation) known.slices = [];
    known.slices.push(slice);
  }
  for (const pool of pools.values()) {
    pool.isIncomplete = pool.slices.length !== pool.slices[0]?.spec.pool.resourceSliceCount;
    const names = pool.slices.flatMap(({ spec }) => (spec.devices ?? []).map(({ name }) => name));
    pool.isInvalid = new Set(names).size < names.length;
  }
  return [...pools.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function inventoryOf(slices: readonly ResourceSlice[]): Inventory {
  const byNode = new Map<string, Device[]>();
  const elsewhere: Device[] = [];
  const byId = new Map<string, Device>();
  for (const pool of gatherPools(slices)) {
    for (const slice of pool.slices) {
      for (const spec of slice.spec.devices ?? []) {
        const device: Device = { id: `${pool.id}/${spec.name}`, spec, slice, pool };
        byId.set(device.id, device);
        const { nodeName } = placeOf(device);
        if (!nodeName) elsewhere.push(device);
        else if (byNode.has(nodeName)) byNode.get(nodeName)?.push(device);
        else byNode.set(nodeName, [device]);
      }
    }
  }
  return { byNode, elsewhere, byId };
}

interface Place {
  nodeName?: string;
  allNodes?: boolean;
  nodeSelector?: NodeSelector;
}

/** Where a device can be used: what its slice says, unless that leaves it to each device. */
export const placeOf = ({ slice, spec }: Device): Place => (slice.spec.perDeviceNodeSelection ? spec : slice.spec) as Place;

/** Devices that can be used on a node, pool by pool. */
export function devicesOn({ byNode, elsewhere }: Inventory, node: SelectableNode & { name: string }): Device[] {
  const own = byNode.get(node.name) ?? [];
  const others = elsewhere.filter((device) => {
    const { allNodes, nodeSelector } = placeOf(device);
    return allNodes || (nodeSelector !== undefined && nodeSelectorMatches(nodeSelector, node));
  });
  return others.length === 0 ? [...own] : [...own, ...others].sort((a, b) => (a.pool.id < b.pool.id ? -1 : a.pool.id > b.pool.id ? 1 : 0));
}

const inventory: Projection<{ current: Inventory | undefined }> = {
  name: 'devices',
  build: () => ({ current: undefined }),
  apply: (value, { key }: ClusterEvent) => {
    if (splitKey(key).resource === SLICE_RESOURCE) value.current = undefined;
  },
};

/** All devices of the cluster, as its slices describe them now. */
export function devicesOf(view: View): Inventory {
  const known = view.project(inventory);
  known.current ??= inventoryOf(view.list(SLICE_RESOURCE) as unknown as ResourceSlice[]);
  return known.current;
}
