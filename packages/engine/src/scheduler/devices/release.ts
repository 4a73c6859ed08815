import type { KubeObject } from '../../core/object.ts';
import { isReservedFor } from '../../kinds/rules/devices/pod-claims.ts';
import type { Cycle, PostFilter } from '../framework.ts';
import { OUT_OF_REACH } from './rejections.ts';
import { claimsOf, isWithinReach } from './state.ts';

/** Whether nobody else uses a claim. */
const isIdle = ({ pod: { pod } }: Cycle, claim: KubeObject): boolean => {
  const users = claim.status?.reservedFor?.length ?? 0;
  return users === 0 || (users === 1 && isReservedFor(pod, claim));
};

function withoutDevices(claim: KubeObject): KubeObject {
  const { allocation: _allocation, reservedFor: _users, devices: _devices, ...status } = claim.status ?? {};
  return { ...claim, status };
}

/** A claim that alone keeps a pod from a node gives back its devices, if it is idle. Models PostFilter of pkg/scheduler/framework/plugins/dynamicresources. */
export const deviceRelease: PostFilter = {
  name: 'DynamicResources',
  run: (cycle, rejected) => {
    const claims = claimsOf(cycle);
    if ('problem' in claims || (claims.all.length === 0 && claims.backing.size === 0)) return { message: 'no new claims to deallocate' };
    const wanted = cycle.cache.nodes.filter(({ name }) => rejected.get(name) === OUT_OF_REACH);
    const idle = claims.all.find((claim) => isIdle(cycle, claim) && wanted.some((node) => !isWithinReach(claim, node)));
    return idle ? { message: 'deallocation of ResourceClaim completed', updates: [withoutDevices(idle)] } : { message: 'still not schedulable' };
  },
};
