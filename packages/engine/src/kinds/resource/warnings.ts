import type { KubeObject } from '../../core/object.ts';
import type { Part } from '../shared/fields.ts';

const asksForCapacity = ({ exactly, firstAvailable = [] }: Part): boolean =>
  [...(exactly ? [exactly] : []), ...firstAvailable].some((each: Part) => each.capacity);

/** What of a claim's spec has no effect here. */
export const claimWarnings = ({ devices }: Part, path: string): string[] =>
  ((devices?.requests ?? []) as Part[]).flatMap((request, i) =>
    asksForCapacity(request)
      ? [`${path}.devices.requests[${i}]: capacity is not shared out in this simulated cluster; the claim is given whole devices`]
      : [],
  );

export const sliceWarnings = ({ spec }: KubeObject): string[] =>
  ((spec.devices ?? []) as Part[]).flatMap((device, i) => [
    ...(device.allowMultipleAllocations
      ? [`spec.devices[${i}].allowMultipleAllocations: a device is given to one claim at a time in this simulated cluster`]
      : []),
    ...(device.bindingConditions?.length
      ? [`spec.devices[${i}].bindingConditions: a device with conditions is not allocated in this simulated cluster`]
      : []),
  ]);
