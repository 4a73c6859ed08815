import { type FieldError, forbiddenField, invalid } from '../../../machinery/field.ts';
import { ownValue, type Part, sortedKeys } from '../fields.ts';
import { compareQuantity, nano } from '../quantity.ts';
import { isHugePageResource, POD_LEVEL_RESOURCES, validatePodLevelResourceName, validateResourceRequirements } from '../resources.ts';
import { isSidecar, type PodFacts } from './rules.ts';

/** Requests and limits of the pod as a whole. Models validatePodResources. */
export function validatePodResources(spec: Part, path: string, facts: PodFacts): FieldError[] {
  if (!spec.resources) return [];
  if (spec.os?.name === 'windows') return [forbiddenField(path, 'may not be set for a windows pod')];
  return [
    ...(spec.resources.claims ? [forbiddenField(`${path}.claims`, 'claims may not be set for Resources at pod-level')] : []),
    ...validateResourceRequirements(spec.resources, path, {
      claimNames: facts.claimNames,
      validateName: validatePodLevelResourceName,
    }),
    ...validateRequestsCover(spec, path),
    ...validateLimitsCover(spec, path),
  ];
}

const isPodLevel = (name: string): boolean => POD_LEVEL_RESOURCES.includes(name) || isHugePageResource(name);

/** The pod's requests must have room for those of its containers together. */
function validateRequestsCover(spec: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const together = aggregateRequests(spec);
  for (const name of [...together.keys()].filter(isPodLevel).sort()) {
    const own: string | undefined = ownValue(spec.resources.requests, name);
    const sum = together.get(name) as string;
    if (own !== undefined && compareQuantity(sum, own) > 0) {
      errors.push(invalid(`${path}.requests[${name}]`, own, `must be greater than or equal to aggregate container requests of ${sum}`));
    }
  }
  return errors;
}

/** No container may be allowed more than the pod. */
function validateLimitsCover(spec: Part, path: string): FieldError[] {
  return ((spec.containers ?? []) as Part[]).flatMap((container, i) =>
    sortedKeys(container.resources?.limits).flatMap((name) => {
      const ofPod: string | undefined = spec.resources.limits?.[name];
      const own: string = container.resources.limits[name];
      if (ofPod === undefined || compareQuantity(own, ofPod) <= 0) return [];
      return [invalid(`${path}.containers[${i}][${name}].limits`, own, `must be less than or equal to pod limits of ${ofPod}`)];
    }),
  );
}

const NANO_PER_MILLI = 1_000_000n;

/** Containers run at once, init containers one after another beside the sidecars started before them. */
function aggregateRequests(spec: Part): Map<string, string> {
  const regular = new Map<string, bigint>();
  const sidecars = new Map<string, bigint>();
  const initPeak = new Map<string, bigint>();
  const add = (sums: Map<string, bigint>, requests: Record<string, string> | undefined) => {
    for (const name of sortedKeys(requests)) sums.set(name, (sums.get(name) ?? 0n) + nano(requests?.[name]));
  };
  for (const container of spec.containers ?? []) add(regular, container.resources?.requests);
  for (const container of spec.initContainers ?? []) {
    const running = new Map(sidecars);
    add(running, container.resources?.requests);
    if (isSidecar(container)) add(sidecars, container.resources?.requests);
    for (const [name, value] of running) if (value > (initPeak.get(name) ?? 0n)) initPeak.set(name, value);
  }
  const total = new Map<string, string>();
  for (const name of new Set([...regular.keys(), ...initPeak.keys()])) {
    const atOnce = (regular.get(name) ?? 0n) + (sidecars.get(name) ?? 0n);
    const peak = initPeak.get(name) ?? 0n;
    total.set(name, showNano(atOnce > peak ? atOnce : peak));
  }
  return total;
}

const showNano = (value: bigint): string => {
  const milli = (value + NANO_PER_MILLI - 1n) / NANO_PER_MILLI;
  return milli % 1000n === 0n ? String(milli / 1000n) : `${milli}m`;
};
