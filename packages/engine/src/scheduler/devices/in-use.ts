import type { DeviceRequestAllocationResult } from '@vivakube/schema/types/resource.v1';
import { splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Projection } from '../../core/projection.ts';
import type { View } from '../../core/txn.ts';
import { DEVICE_CLAIM_RESOURCE } from '../../kinds/rules/devices/pod-claims.ts';

/** Devices by their ids that claims have been given, with the number of such claims. */
type InUse = Map<string, number>;

const resultsOf = (claim: KubeObject | undefined): readonly DeviceRequestAllocationResult[] => claim?.status?.allocation?.devices?.results ?? [];

/** Whoever only looks after a device takes it from nobody. */
function count(inUse: InUse, claim: KubeObject | undefined, by: 1 | -1): void {
  for (const { driver, pool, device, adminAccess } of resultsOf(claim)) {
    if (adminAccess) continue;
    const id = `${driver}/${pool}/${device}`;
    const left = (inUse.get(id) ?? 0) + by;
    if (left > 0) inUse.set(id, left);
    else inUse.delete(id);
  }
}

const projection: Projection<InUse> = {
  name: 'devices-in-use',
  build: (view) => {
    const inUse: InUse = new Map();
    for (const claim of view.list(DEVICE_CLAIM_RESOURCE)) count(inUse, claim, 1);
    return inUse;
  },
  apply: (inUse, { key, type, stored, previous }) => {
    if (splitKey(key).resource !== DEVICE_CLAIM_RESOURCE) return;
    count(inUse, previous?.object, -1);
    if (type !== 'DELETED') count(inUse, stored.object, 1);
  },
};

/** Models ListAllAllocatedDevices of pkg/scheduler/framework/plugins/dynamicresources. */
export const devicesInUse = (view: View): ReadonlyMap<string, number> => view.project(projection);
