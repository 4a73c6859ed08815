import type { Part } from '../fields.ts';
import { compareQuantity, nano } from '../quantity.ts';

const COUNTED = ['cpu', 'memory'];

/** How a pod fares when its node runs short. Models ComputePodQOS of pkg/apis/core/helper/qos. */
export function podQosClass(spec: Part): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const parts: Part[] = hasQuantities(spec.resources) ? [spec] : [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const asked = parts.flatMap((p) => [p.resources?.requests, p.resources?.limits]).filter((list) => countedIn(list).length > 0);
  if (asked.length === 0) return 'BestEffort';
  return parts.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

const hasQuantities = (resources: Part | undefined): boolean =>
  Object.keys(resources?.requests ?? {}).length + Object.keys(resources?.limits ?? {}).length > 0;

const countedIn = (list: Part | undefined): string[] => COUNTED.filter((name) => list?.[name] !== undefined && nano(list[name]) > 0n);

/** Gets exactly what it asks for, of both. */
function isGuaranteed({ resources }: Part): boolean {
  if (countedIn(resources?.limits).length !== COUNTED.length) return false;
  return COUNTED.every((name) => resources.requests?.[name] === undefined || compareQuantity(resources.requests[name], resources.limits[name]) === 0);
}
