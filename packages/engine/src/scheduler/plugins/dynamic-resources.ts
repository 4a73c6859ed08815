import type { KubeObject } from '../../core/object.ts';
import { DELETE_PROTECTION, DEVICE_CLAIM_RESOURCE, deviceClaimsOf, isReservedFor, reservedFor } from '../../kinds/rules/devices/pod-claims.ts';
import { hasFinalizer, withFinalizer } from '../../kinds/rules/finalizers.ts';
import type { Api } from '../../machinery/controller.ts';
import { type Backing, extendedClaimFor, MADE_FOR_RESOURCES, neededOn } from '../devices/extended.ts';
import { INVALID_POOLS, NAME, NONE_LEFT, no, OUT_OF_REACH, TIMEOUT } from '../devices/rejections.ts';
import { deviceRemedy } from '../devices/remedy.ts';
import { requestsOf } from '../devices/requests.ts';
import { resultOf } from '../devices/result.ts';
import { AllocationError } from '../devices/selection.ts';
import { allocationsOn, type Claims, claimsOf, isWithinReach } from '../devices/state.ts';
import { type Cycle, type Plugin, type Rejection, reject } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import { normaliseUp } from './scores.ts';

// Models FirstAvailableDeviceRequestMaxSize in k8s.io/api/resource/v1.
const ALTERNATIVES_MAX = 8;

/** Pods go where the devices are that they claim. Models pkg/scheduler/framework/plugins/dynamicresources. */
export const dynamicResources: Plugin = {
  name: NAME,
  weight: 1,
  holdsBack: (pod, view) => {
    const claims = pod.spec.resourceClaims?.length ? deviceClaimsOf(view, pod) : undefined;
    return typeof claims === 'string' ? claims : undefined;
  },
  filter: (cycle) => {
    const claims = claimsOf(cycle);
    if ('problem' in claims) return { rejection: no(claims.problem) };
    return claims.all.length === 0 && claims.backing.size === 0 ? undefined : (node) => whyNot(cycle, claims, node);
  },
  score: (cycle, { count, slots }, scores) => {
    const claims = claimsOf(cycle);
    if ('problem' in claims || !claims.pending.some((claim) => requestsOf(claim).some(({ firstAvailable }) => firstAvailable?.length))) return false;
    for (let i = 0; i < count; i++) scores[i] = preference(cycle, cycle.cache.nodeAt(slots[i] as number));
    normaliseUp(scores, count);
    return true;
  },
  reserve: (cycle, node, api) => {
    const claims = claimsOf(cycle);
    if ('problem' in claims) throw new Error(`a pod was placed whose claims cannot be used: ${claims.problem}`);
    for (const claim of claims.all) if (!isReservedFor(cycle.pod.pod, claim)) take(cycle, claim, node, api);
    if (claims.backing.size > 0) makeExtended(cycle, claims.backing, node, api);
  },
  remedy: deviceRemedy,
  helpedBy: ['node-added', 'node-labels', 'node-taints', 'device-claim', 'devices-released', 'device-class', 'resource-slice'],
};

function whyNot(cycle: Cycle, claims: Claims, node: NodeInfo): Rejection | undefined {
  const allocations = allocationsOn(cycle, node);
  if (allocations instanceof AllocationError) return reject(NAME, 'Error', allocations.message);
  if (allocations === 'timeout') return TIMEOUT;
  if (allocations === 'none') return NONE_LEFT;
  if (allocations === 'invalid') return INVALID_POOLS;
  return claims.all.every((claim) => isWithinReach(claim, node)) ? undefined : OUT_OF_REACH;
}

/** The nearer to what was wished for first, the more. */
function preference(cycle: Cycle, node: NodeInfo): number {
  const allocations = allocationsOn(cycle, node);
  if (!Array.isArray(allocations)) return 0;
  let points = 0;
  for (const { claim, chosen } of allocations) {
    for (const [r, { firstAvailable }] of requestsOf(claim).entries()) if (firstAvailable?.length) points += ALTERNATIVES_MAX - (chosen[r] as number);
  }
  return points;
}

/** Models bindClaim. */
function take(cycle: Cycle, claim: KubeObject, node: NodeInfo, api: Api): void {
  const { pod } = cycle.pod;
  if (claim.status?.allocation) {
    api.updateStatus(reservedFor(claim, pod));
    return;
  }
  const allocations = allocationsOn(cycle, node);
  const own = Array.isArray(allocations) ? allocations.find((allocation) => allocation.claim === (claim as unknown)) : undefined;
  if (!own) throw new Error(`claim allocation not found for node ${node.name}`);
  const kept = hasFinalizer(claim, DELETE_PROTECTION) ? claim : api.update(withFinalizer(claim, DELETE_PROTECTION));
  api.updateStatus(reservedFor({ ...kept, status: { ...kept.status, allocation: resultOf(cycle.view, own) } }, pod));
}

/** The claim behind extended resources is made when its devices are known. Models createExtendedResourceClaimInAPI. */
function makeExtended(cycle: Cycle, backing: Backing, node: NodeInfo, api: Api): void {
  const allocations = allocationsOn(cycle, node);
  const own = Array.isArray(allocations) ? allocations.find(({ claim }) => claim.metadata?.annotations?.[MADE_FOR_RESOURCES]) : undefined;
  if (!own) return;
  const { pod } = cycle.pod;
  const made = api.create(DEVICE_CLAIM_RESOURCE, withFinalizer(own.claim as unknown as KubeObject, DELETE_PROTECTION));
  api.updateStatus(reservedFor({ ...made, status: { allocation: resultOf(cycle.view, own) } }, pod));
  const { mappings } = extendedClaimFor(cycle.pod, backing, neededOn(backing, node));
  const extendedResourceClaimStatus = { resourceClaimName: made.metadata.name, requestMappings: mappings };
  api.updateStatus({ ...pod, status: { ...pod.status, extendedResourceClaimStatus } } as KubeObject);
}
