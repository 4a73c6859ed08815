import { type FieldError, forbiddenField, invalid } from '../../../machinery/field.ts';
import { ownValue, type Part, sortedKeys } from '../fields.ts';
import { compareQuantity } from '../quantity.ts';
import { isHugePageResource, POD_LEVEL_RESOURCES, validatePodLevelResourceName, validateResourceRequirements } from '../resources.ts';
import { aggregate } from './aggregate.ts';
import type { PodFacts } from './rules.ts';

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

/** The pod has what its containers have where nothing is said of it, or as much as it may have. Models defaultHugePagePodLimits and defaultPodRequests. */
export function defaultPodResources(spec: Part): void {
  const { requests, limits } = spec.resources ?? {};
  if (!requests && !limits) return;
  const fill = (list: 'requests' | 'limits', amounts: Iterable<[string, unknown]>, isMeant: (name: string) => boolean): void => {
    for (const [name, amount] of amounts) {
      if (!isMeant(name) || ownValue(spec.resources[list], name) !== undefined) continue;
      spec.resources[list] ??= {};
      spec.resources[list][name] = amount;
    }
  };
  fill('limits', aggregate(spec, 'limits'), isHugePageResource);
  if (!spec.resources.limits) return;
  fill('requests', aggregate(spec, 'requests'), (name) => POD_LEVEL_RESOURCES.includes(name));
  fill('requests', Object.entries(spec.resources.limits), isPodLevel);
}

/** The pod's requests must have room for those of its containers together. */
function validateRequestsCover(spec: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const together = aggregate(spec, 'requests');
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
