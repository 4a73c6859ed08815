import type { KubeObject } from '../../../core/object.ts';
import { type Amounts, addAmounts } from '../amounts.ts';
import { count } from './count.ts';

/** What follows a device class in the name of what is counted. */
export const PER_DEVICE_CLASS = '.deviceclass.resource.k8s.io/devices';
// Models AllocationResultsMaxSize in k8s.io/api/resource/v1: nobody is given more.
const DEVICES_PER_CLAIM_MAX = 32;

interface Wish {
  deviceClassName: string;
  allocationMode?: string;
  count?: number;
}

interface Request {
  exactly?: Wish;
  firstAvailable?: Wish[];
}

const most = ({ allocationMode, count: exact = 0 }: Wish): number => (allocationMode === 'All' ? DEVICES_PER_CLAIM_MAX : exact);

/** The devices that a claim may take, by class; of alternatives the largest. Models pkg/quota/v1/evaluator/core/resource_claims.go. */
export function deviceUsage({ spec }: KubeObject, usage: Amounts): void {
  for (const { exactly, firstAvailable = [] } of (spec?.devices?.requests ?? []) as Request[]) {
    const byClass = new Map<string, number>();
    for (const wish of exactly ? [exactly] : firstAvailable) {
      byClass.set(wish.deviceClassName, Math.max(byClass.get(wish.deviceClassName) ?? 0, most(wish)));
    }
    addAmounts(usage, new Map([...byClass].map(([name, devices]) => [`${name}${PER_DEVICE_CLASS}`, count(devices)])));
  }
}
