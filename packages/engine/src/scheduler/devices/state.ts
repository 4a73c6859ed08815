import type { ResourceClaim } from '@vivakube/schema/types/resource.v1';
import type { KubeObject } from '../../core/object.ts';
import { deviceClaimsOf, isReservedFor } from '../../kinds/rules/devices/pod-claims.ts';
import { nodeSelectorMatches } from '../../kinds/shared/node-selection.ts';
import type { Cycle } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import { type Allocation, AllocationTimeout, Allocator } from './allocator.ts';
import { type Backing, backingOf, extendedClaimFor, neededOn } from './extended.ts';
import { missingClass } from './requests.ts';
import { AllocationError } from './selection.ts';

/** The claims of the pod of a cycle. */
export interface Claims {
  all: readonly KubeObject[];
  /** Those that have been given no devices yet. */
  pending: readonly ResourceClaim[];
  /** Resources that devices provide where nodes have none. */
  backing: Backing;
}

/** What the allocator found on a node, or that it gave up. */
type Answer = readonly Allocation[] | 'none' | 'invalid' | 'timeout' | AllocationError;

interface State {
  claims: Claims | { problem: string };
  /** By the resources that devices are to provide besides what is claimed. */
  allocators: Map<string, Allocator>;
  byNode: Map<string, Answer>;
}

// Models ResourceClaimReservedForMaxSize in k8s.io/api/resource/v1.
const USERS_MAX = 256;
const isFull = ({ status }: KubeObject): boolean => Boolean(status?.allocation) && status?.reservedFor?.length >= USERS_MAX;

const states = new WeakMap<Cycle, State>();
const NO_BACKING: Backing = new Map();

function stateOf(cycle: Cycle): State {
  let state = states.get(cycle);
  if (!state) {
    state = { claims: readClaims(cycle), allocators: new Map(), byNode: new Map() };
    states.set(cycle, state);
  }
  return state;
}

function readClaims({ pod: info, view }: Cycle): Claims | { problem: string } {
  const { pod } = info;
  const backing = pod.status?.extendedResourceClaimStatus ? NO_BACKING : backingOf(view, info);
  const all = deviceClaimsOf(view, pod);
  if (typeof all === 'string') return { problem: all };
  if (all.some((claim) => isFull(claim) && !isReservedFor(pod, claim))) return { problem: 'resourceclaim in use' };
  const pending = all.filter(({ status }) => !status?.allocation) as unknown as ResourceClaim[];
  for (const claim of pending) {
    const problem = missingClass(view, claim);
    if (problem !== undefined) return { problem };
  }
  return { all, pending, backing };
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
  const { byNode } = stateOf(cycle);
  let answer = byNode.get(node.name);
  if (answer === undefined) {
    const allocator = allocatorFor(cycle, node);
    answer = allocator ? attempt(allocator, node) : [];
    byNode.set(node.name, answer);
  }
  return answer;
}

/** Nodes of their own may need different claims; undefined where there is nothing to claim. */
function allocatorFor(cycle: Cycle, node: NodeInfo): Allocator | undefined {
  const { claims, allocators } = stateOf(cycle);
  if ('problem' in claims) return undefined;
  const needed = claims.backing.size > 0 ? neededOn(claims.backing, node) : [];
  if (claims.pending.length === 0 && needed.length === 0) return undefined;
  const text = needed.join();
  let allocator = allocators.get(text);
  if (!allocator) {
    const more = needed.length > 0 ? [extendedClaimFor(cycle.pod, claims.backing, needed).claim] : [];
    allocator = new Allocator(cycle.view, [...claims.pending, ...more]);
    allocators.set(text, allocator);
  }
  return allocator;
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
