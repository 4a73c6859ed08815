import type { ResourceClaim } from '@vivakube/schema/types/resource.v1';
import type { KubeObject } from '../../core/object.ts';
import { deviceClaimsOf, isReservedFor } from '../../kinds/rules/devices/pod-claims.ts';
import { nodeSelectorMatches } from '../../kinds/shared/node-selection.ts';
import type { Cycle } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import { type Allocation, AllocationTimeout, Allocator } from './allocator.ts';
import { missingClass } from './requests.ts';
import { AllocationError } from './selection.ts';

/** The claims of the pod of a cycle. */
export interface Claims {
  all: readonly KubeObject[];
  /** Those that have been given no devices yet. */
  pending: readonly ResourceClaim[];
}

/** What the allocator found on a node, or that it gave up. */
type Answer = readonly Allocation[] | 'none' | 'invalid' | 'timeout' | AllocationError;

interface State {
  claims: Claims | { problem: string };
  allocator: Allocator | undefined;
  byNode: Map<string, Answer>;
}

// Models ResourceClaimReservedForMaxSize in k8s.io/api/resource/v1.
const USERS_MAX = 256;
const isFull = ({ status }: KubeObject): boolean => Boolean(status?.allocation) && status?.reservedFor?.length >= USERS_MAX;

const states = new WeakMap<Cycle, State>();
const NONE: Claims = { all: [], pending: [] };

function stateOf(cycle: Cycle): State {
  let state = states.get(cycle);
  if (!state) {
    const claims = readClaims(cycle);
    const pending = 'pending' in claims ? claims.pending : [];
    state = { claims, allocator: pending.length > 0 ? new Allocator(cycle.view, pending) : undefined, byNode: new Map() };
    states.set(cycle, state);
  }
  return state;
}

function readClaims({ pod: { pod }, view }: Cycle): Claims | { problem: string } {
  if (!pod.spec.resourceClaims?.length) return NONE;
  const all = deviceClaimsOf(view, pod);
  if (typeof all === 'string') return { problem: all };
  if (all.some((claim) => isFull(claim) && !isReservedFor(pod, claim))) return { problem: 'resourceclaim in use' };
  const pending = all.filter(({ status }) => !status?.allocation) as unknown as ResourceClaim[];
  for (const claim of pending) {
    const problem = missingClass(view, claim);
    if (problem !== undefined) return { problem };
  }
  return { all, pending };
}

/** The claims of the pod, or why no node can be asked. */
export const claimsOf = (cycle: Cycle): Claims | { problem: string } => stateOf(cycle).claims;

/** Whether what a claim has been given can be used on a node. */
export function isWithinReach({ status }: KubeObject, node: NodeInfo): boolean {
  const selector = status?.allocation?.nodeSelector;
  return !selector || nodeSelectorMatches(selector, node);
}

/** What the pending claims would be given on a node. */
export function allocationsOn(cycle: Cycle, node: NodeInfo): Answer {
  const { allocator, byNode } = stateOf(cycle);
  if (!allocator) return [];
  let answer = byNode.get(node.name);
  if (answer === undefined) {
    answer = attempt(allocator, node);
    byNode.set(node.name, answer);
  }
  return answer;
}

function attempt(allocator: Allocator, node: NodeInfo): Answer {
  try {
    return allocator.allocate(node);
  } catch (error) {
    if (error instanceof AllocationTimeout) return 'timeout';
    if (error instanceof AllocationError) return error;
    throw error;
  }
}
