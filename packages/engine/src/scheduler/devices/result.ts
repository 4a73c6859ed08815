import type { NodeSelector, NodeSelectorRequirement } from '@vivakube/schema/types/core.v1';
import type { AllocationResult, DeviceAllocationConfiguration } from '@vivakube/schema/types/resource.v1';
import type { View } from '../../core/txn.ts';
import type { Allocation, Given } from './allocator.ts';
import { placeOf } from './pools.ts';
import { classOf, requestsOf, wishesOf } from './requests.ts';

/** What a claim's status says of its allocation. Models the end of Allocate in k8s.io/dynamic-resource-allocation/structured. */
export function resultOf(view: View, allocation: Allocation): AllocationResult {
  const config = configOf(view, allocation);
  const nodeSelector = selectorOf(allocation.given);
  return {
    devices: { results: allocation.given.map(resultOfDevice), ...(config.length > 0 ? { config } : {}) },
    ...(nodeSelector ? { nodeSelector } : {}),
  };
}

const resultOfDevice = ({ wish, device: { slice, spec } }: Given) => ({
  request: wish.name,
  driver: slice.spec.driver,
  pool: slice.spec.pool.name,
  device: spec.name,
  ...(wish.adminAccess ? { adminAccess: true } : {}),
  ...(wish.tolerations.length > 0 ? { tolerations: [...wish.tolerations] } : {}),
});

/** What classes say first, each once; then what the claim itself says of those requests that were made use of. */
function configOf(view: View, { claim, chosen }: Allocation): DeviceAllocationConfiguration[] {
  const requests = requestsOf(claim);
  const wishes = requests.map((request, r) => wishesOf(request)[chosen[r] as number]);
  const byClass = new Map<string, string[]>();
  for (const wish of wishes) if (wish) byClass.set(wish.className, [...(byClass.get(wish.className) ?? []), wish.name]);
  const fromClasses = [...byClass].flatMap(([className, names]) =>
    (classOf(view, className)?.spec.config ?? []).map((config) => ({ ...config, source: 'FromClass', requests: names })),
  );
  const fromClaim = (claim.spec.devices?.config ?? []).flatMap((config) => {
    const asked = config.requests ?? [];
    if (asked.length === 0) return [{ ...config, source: 'FromClaim' }];
    return wishes.some((wish) => wish?.names.some((name) => asked.includes(name))) ? [{ ...config, source: 'FromClaim' }] : [];
  });
  return [...fromClasses, ...fromClaim].map((config) => {
    const { requests: named, ...rest } = config as DeviceAllocationConfiguration;
    return named && named.length > 0 && named.length < requests.length ? { ...rest, requests: named } : rest;
  });
}

/** Where all of the devices can be used; undefined where that is everywhere. Models createNodeSelector. */
function selectorOf(given: readonly Given[]): NodeSelector | undefined {
  const fields: NodeSelectorRequirement[] = [];
  const expressions: NodeSelectorRequirement[] = [];
  for (const { device } of given) {
    const { nodeName, nodeSelector } = placeOf(device);
    if (nodeName) return { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] }] };
    const [term] = nodeSelector?.nodeSelectorTerms ?? [];
    addMissing(fields, term?.matchFields ?? []);
    addMissing(expressions, term?.matchExpressions ?? []);
  }
  if (fields.length === 0 && expressions.length === 0) return undefined;
  return {
    nodeSelectorTerms: [
      { ...(fields.length > 0 ? { matchFields: fields } : {}), ...(expressions.length > 0 ? { matchExpressions: expressions } : {}) },
    ],
  };
}

function addMissing(to: NodeSelectorRequirement[], more: readonly NodeSelectorRequirement[]): void {
  const textOf = ({ key, operator, values }: NodeSelectorRequirement): string => JSON.stringify([key, operator, [...new Set(values ?? [])].sort()]);
  const known = new Set(to.map(textOf));
  for (const requirement of more) if (!known.has(textOf(requirement))) to.push(requirement);
}
