import type { DeviceTaint, DeviceToleration, ResourceClaim } from '@vivakube/schema/types/resource.v1';
import type { View } from '../../core/txn.ts';
import type { SelectableNode } from '../../kinds/shared/node-selection.ts';
import { type Constraint, constraintOf } from './constraints.ts';
import { Counters } from './counters.ts';
import { devicesInUse } from './in-use.ts';
import { type Device, devicesOf, devicesOn, type Inventory } from './pools.ts';
import { classOf, requestsOf, type Wish, wishesOf } from './requests.ts';
import { AllocationError, selects } from './selection.ts';

// Models AllocationResultsMaxSize in k8s.io/api/resource/v1.
const DEVICES_PER_CLAIM_MAX = 32;
/** Some claims could be tried out for ever; upstream stops after ten seconds. */
const STEPS_MAX = 20_000;

/** A device that a claim is given. */
export interface Given {
  wish: Wish;
  device: Device;
}

/** What one claim is given on a node. */
export interface Allocation {
  claim: ResourceClaim;
  given: Given[];
  /** Which of a request's wishes it was, request by request. */
  chosen: number[];
}

/** The search took too long. */
export class AllocationTimeout extends Error {}

/**
 * Finds devices for claims by trying one after the other, with all that speaks against any of them; the first solution is taken.
 * Models the stable allocator of k8s.io/dynamic-resource-allocation/structured.
 */
export class Allocator {
  private readonly inventory: Inventory;
  private readonly inUse: ReadonlyMap<string, number>;
  private readonly selectable = new Map<Wish, Map<Device, boolean>>();
  private readonly wishes: Wish[][][];

  constructor(
    private readonly view: View,
    private readonly claims: readonly ResourceClaim[],
  ) {
    this.inventory = devicesOf(view);
    this.inUse = devicesInUse(view);
    this.wishes = claims.map((claim) => requestsOf(claim).map(wishesOf));
  }

  /** Throws AllocationError and AllocationTimeout. */
  allocate(node: SelectableNode & { name: string }): Allocation[] | 'none' | 'invalid' {
    for (const [c, wishes] of this.wishes.entries()) refuseTooMany(this.claims[c] as ResourceClaim, wishes);
    const devices = devicesOn(this.inventory, node);
    const search = new Search(this.claims, this.wishes, devices, new Counters(this.inventory, this.inUse), {
      isInUse: (device) => this.inUse.has(device.id),
      isSelectable: (wish, device, claim) => this.isSelectable(wish, device, claim),
    });
    if (search.request(0, 0)) return search.allocations;
    return devices.some(({ pool }) => pool.isInvalid) ? 'invalid' : 'none';
  }

  /** What a device is like does not depend on what has been given to whom. */
  private isSelectable(wish: Wish, device: Device, claim: ResourceClaim): boolean {
    let known = this.selectable.get(wish);
    if (!known) {
      known = new Map();
      this.selectable.set(wish, known);
    }
    let answer = known.get(device);
    if (answer === undefined) {
      const { metadata, spec } = classOf(this.view, wish.className) ?? {};
      answer =
        !device.spec.bindingConditions?.length &&
        selects(spec?.selectors, device, `class ${metadata?.name}`) &&
        selects(wish.selectors, device, `claim ${claimText(claim)}`);
      known.set(device, answer);
    }
    return answer;
  }
}

function refuseTooMany(claim: ResourceClaim, wishes: readonly Wish[][]): void {
  const least = wishes.reduce((sum, ways) => sum + Math.min(...ways.map(({ all, count }) => (all ? 0 : count))), 0);
  if (least <= DEVICES_PER_CLAIM_MAX) return;
  throw new AllocationError(`claim ${claimText(claim)}: number of requested devices ${least} exceeds the claim limit of ${DEVICES_PER_CLAIM_MAX}`);
}

const claimText = ({ metadata }: ResourceClaim): string => `${metadata?.namespace}/${metadata?.name}`;

interface Answers {
  isInUse: (device: Device) => boolean;
  isSelectable: (wish: Wish, device: Device, claim: ResourceClaim) => boolean;
}

/** One node's search. */
class Search {
  readonly allocations: Allocation[];
  private readonly constraints: Constraint[][];
  /** Claims by the devices that they are about to be given. */
  private readonly taken = new Map<Device, Set<ResourceClaim>>();
  private steps = 0;

  constructor(
    private readonly claims: readonly ResourceClaim[],
    private readonly wishes: readonly Wish[][][],
    private readonly devices: readonly Device[],
    private readonly counters: Counters,
    private readonly answers: Answers,
  ) {
    this.allocations = claims.map((claim) => ({ claim, given: [], chosen: [] }));
    this.constraints = claims.map((claim) => (claim.spec.devices?.constraints ?? []).map(constraintOf));
  }

  /** Whether this request and all that follow can be satisfied; the allocations hold how. */
  request(c: number, r: number): boolean {
    const wishes = this.wishes[c];
    if (!wishes) return true;
    const ways = wishes[r];
    if (!ways) return this.request(c + 1, 0);
    const { chosen } = this.allocations[c] as Allocation;
    return ways.some((wish, i) => {
      chosen[r] = i;
      const devices = wish.all ? this.everyDevice(c, wish) : this.devices.filter(({ pool }) => !pool.isIncomplete && !pool.isInvalid);
      if (wish.all) return devices.length > 0 && this.giveAll(c, r, wish, devices, 0);
      return this.give(c, r, wish, devices, 0, wish.count);
    });
  }

  private everyDevice(c: number, wish: Wish): Device[] {
    const claim = this.claims[c] as ResourceClaim;
    return this.devices.filter((device) => {
      const { pool } = device;
      const state = pool.isIncomplete ? 'currently being updated' : pool.isInvalid ? 'currently invalid' : undefined;
      if (state)
        throw new AllocationError(`claim ${claimText(claim)}, request ${wish.name}: asks for all devices, but resource pool ${pool.id} is ${state}`);
      return this.answers.isSelectable(wish, device, claim);
    });
  }

  private giveAll(c: number, r: number, wish: Wish, devices: readonly Device[], at: number): boolean {
    if (at === devices.length) return this.request(c, r + 1);
    if (this.isTooMany(c, devices.length - at)) return false;
    const device = devices[at] as Device;
    if (!this.take(c, wish, device)) return false;
    if (this.giveAll(c, r, wish, devices, at + 1)) return true;
    this.giveBack(c, wish, device);
    return false;
  }

  /** So many devices more, from a place in the list on: in which order they are taken makes no difference. */
  private give(c: number, r: number, wish: Wish, devices: readonly Device[], from: number, left: number): boolean {
    if (left === 0) return this.request(c, r + 1);
    if (this.isTooMany(c, left)) return false;
    const claim = this.claims[c] as ResourceClaim;
    for (let at = from; at <= devices.length - left; at++) {
      if (++this.steps > STEPS_MAX) throw new AllocationTimeout();
      const device = devices[at] as Device;
      if (this.isTaken(c, wish, device) || !this.answers.isSelectable(wish, device, claim) || !this.take(c, wish, device)) continue;
      if (this.give(c, r, wish, devices, at + 1, left - 1)) return true;
      this.giveBack(c, wish, device);
    }
    return false;
  }

  private isTooMany(c: number, more: number): boolean {
    return (this.allocations[c] as Allocation).given.length + more > DEVICES_PER_CLAIM_MAX;
  }

  private isTaken(c: number, { adminAccess }: Wish, device: Device): boolean {
    const takers = this.taken.get(device);
    if (adminAccess) return takers?.has(this.claims[c] as ResourceClaim) ?? false;
    return this.answers.isInUse(device) || (takers !== undefined && takers.size > 0);
  }

  private take(c: number, wish: Wish, device: Device): boolean {
    if (this.isTaken(c, wish, device) || !this.counters.take(device)) return false;
    if (isTaintedFor(device, wish.tolerations) || !this.satisfies(c, wish, device)) {
      this.counters.giveBack(device);
      return false;
    }
    const takers = this.taken.get(device) ?? new Set();
    takers.add(this.claims[c] as ResourceClaim);
    this.taken.set(device, takers);
    (this.allocations[c] as Allocation).given.push({ wish, device });
    return true;
  }

  private satisfies(c: number, wish: Wish, device: Device): boolean {
    const constraints = this.constraints[c] as Constraint[];
    const refusing = constraints.findIndex((constraint) => !constraint.add(wish.names, device));
    if (refusing < 0) return true;
    for (const constraint of constraints.slice(0, refusing)) constraint.remove(wish.names, device);
    if (!wish.all) return false;
    const whose = `claim ${claimText(this.claims[c] as ResourceClaim)}, request ${wish.name}`;
    throw new AllocationError(`${whose}: cannot add device ${device.id} because a claim constraint would not be satisfied`);
  }

  private giveBack(c: number, wish: Wish, device: Device): void {
    for (const constraint of this.constraints[c] as Constraint[]) constraint.remove(wish.names, device);
    this.counters.giveBack(device);
    this.taken.get(device)?.delete(this.claims[c] as ResourceClaim);
    (this.allocations[c] as Allocation).given.pop();
  }
}

/** Models taintPreventsAllocation. */
const isTaintedFor = ({ spec }: Device, tolerations: readonly DeviceToleration[]): boolean =>
  (spec.taints ?? []).some(
    (taint) => (taint.effect === 'NoSchedule' || taint.effect === 'NoExecute') && !tolerations.some((toleration) => tolerates(toleration, taint)),
  );

/** Models ToleratesTaint of k8s.io/dynamic-resource-allocation/resourceclaim. */
const tolerates = ({ key, operator, value, effect }: DeviceToleration, taint: DeviceTaint): boolean =>
  (!effect || effect === taint.effect) && (!key || key === taint.key) && (operator === 'Exists' || (value ?? '') === (taint.value ?? ''));
