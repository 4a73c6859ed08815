import type { DeviceClass, DeviceRequest, DeviceSelector, DeviceToleration, ResourceClaim } from '@vivakube/schema/types/resource.v1';
import { objectKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';

/** One way to satisfy a request: itself, or one of its alternatives. */
export interface Wish {
  /** As results say it: `gpu`, or `gpu/large`. */
  name: string;
  /** What constraints may call it. */
  names: readonly string[];
  className: string;
  count: number;
  /** Every device that there is, however many. */
  all: boolean;
  adminAccess: boolean;
  selectors: readonly DeviceSelector[];
  tolerations: readonly DeviceToleration[];
}

/** What `exactly` and each entry of `firstAvailable` say alike. */
interface Terms {
  deviceClassName: string;
  allocationMode?: string;
  count?: number;
  selectors?: readonly DeviceSelector[];
  tolerations?: readonly DeviceToleration[];
  adminAccess?: boolean;
}

const wish = (name: string, names: readonly string[], terms: Terms): Wish => ({
  name,
  names,
  className: terms.deviceClassName,
  count: terms.count ?? 1,
  all: terms.allocationMode === 'All',
  adminAccess: terms.adminAccess === true,
  selectors: terms.selectors ?? [],
  tolerations: terms.tolerations ?? [],
});

/** The ways to satisfy a request, the preferred one first. */
export function wishesOf({ name, exactly, firstAvailable }: DeviceRequest): Wish[] {
  if (exactly) return [wish(name, [name], exactly)];
  return (firstAvailable ?? []).map((each) => wish(`${name}/${each.name}`, [name, `${name}/${each.name}`], each));
}

export const requestsOf = (claim: ResourceClaim): readonly DeviceRequest[] => claim.spec.devices?.requests ?? [];

export const classOf = (view: View, name: string): DeviceClass | undefined =>
  view.get(objectKey('resource.k8s.io/deviceclasses', '', name)) as DeviceClass | undefined;

/** Models validateDeviceClass in pkg/scheduler/framework/plugins/dynamicresources. */
export function missingClass(view: View, claim: ResourceClaim): string | undefined {
  for (const request of requestsOf(claim)) {
    const missing = wishesOf(request).find(({ className }) => !classOf(view, className));
    if (missing) return `request ${missing.name}: device class ${missing.className} does not exist`;
  }
  return undefined;
}
