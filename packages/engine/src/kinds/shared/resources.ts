import { duplicate, type FieldError, forbiddenField, invalid, notFoundField, notSupported, required } from '../../machinery/field.ts';
import { eachInvalid, type Part, sortedKeys, validateDnsLabel } from './fields.ts';
import { isQualifiedName } from './names.ts';
import { compareQuantity, isWholeQuantity, nano } from './quantity.ts';

// Models the resource rules of pkg/apis/core/{helper,validation}.
const STANDARD_CONTAINER = ['cpu', 'ephemeral-storage', 'memory'];
const INTEGER = [
  'pods',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
  'resourcequotas',
];
const STANDARD = [
  ...STANDARD_CONTAINER,
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
];
const HUGE_PAGES = 'hugepages-';

export const isHugePageResource = (name: string): boolean => name.startsWith(HUGE_PAGES);
const isNativeResource = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
export const isStandardContainerResource = (name: string): boolean => STANDARD_CONTAINER.includes(name) || isHugePageResource(name);
export const isStandardResource = (name: string): boolean => STANDARD.includes(name) || isHugePageResource(name);

/** What a device plugin advertises: a domain of its own, and room for `requests.` in front of it. */
export const isExtendedResource = (name: string): boolean =>
  !isNativeResource(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`).length === 0;

/** Over-commit is for what can be throttled or reclaimed. */
const isOvercommitAllowed = (name: string): boolean => isNativeResource(name) && !isHugePageResource(name);
export const isIntegerResource = (name: string): boolean => INTEGER.includes(name) || isExtendedResource(name);

export const NOT_AN_INTEGER = 'must be an integer';

export function validateResourceQuantity(name: string, quantity: string | number, path: string): FieldError[] {
  if (nano(quantity) < 0n) return [invalid(path, String(quantity), 'must be greater than or equal to 0')];
  return isIntegerResource(name) && !isWholeQuantity(quantity) ? [invalid(path, quantity, NOT_AN_INTEGER)] : [];
}

/** Models validateContainerResourceName. */
export function validateContainerResourceName(name: string, path: string): FieldError[] {
  const errors = validateResourceName(name, path);
  if (!name.includes('/')) {
    if (!isStandardContainerResource(name)) errors.push(invalid(path, name, 'must be a standard resource for containers'));
  } else if (!isNativeResource(name) && !isExtendedResource(name)) {
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
  }
  return errors;
}

/** Models validateResourceName. */
export function validateResourceName(name: string, path: string): FieldError[] {
  const errors = eachInvalid(path, name, isQualifiedName(name));
  if (errors.length > 0) return errors;
  return !name.includes('/') && !isStandardResource(name) ? [invalid(path, name, 'must be a standard resource type or fully qualified')] : [];
}

export interface ResourceOptions {
  /** Names of the pod's resource claims. */
  claimNames: ReadonlySet<string>;
  /** How a name is checked: containers, or the pod as a whole. */
  validateName?: (name: string, path: string) => FieldError[];
}

/** Models ValidateContainerResourceRequirements. */
export function validateResourceRequirements(requirements: Part | undefined, path: string, options: ResourceOptions): FieldError[] {
  if (!requirements) return [];
  const validateName = options.validateName ?? validateContainerResourceName;
  const { limits, requests } = requirements as {
    limits?: Record<string, string>;
    requests?: Record<string, string>;
  };
  const errors: FieldError[] = [];
  for (const name of sortedKeys(limits)) {
    const at = `${path}.limits[${name}]`;
    errors.push(...validateName(name, at), ...validateResourceQuantity(name, limits?.[name] as string, at));
    errors.push(...validateHugePageUnit(name, limits?.[name] as string, at));
  }
  for (const name of sortedKeys(requests)) errors.push(...validateRequest(name, requests as Record<string, string>, limits, path, validateName));
  if (usesHugePagesAlone({ ...limits, ...requests })) errors.push(forbiddenField(path, 'HugePages require cpu or memory'));
  return [...errors, ...validateResourceClaims(requirements.claims, options.claimNames, `${path}.claims`)];
}

function validateRequest(
  name: string,
  requests: Record<string, string>,
  limits: Record<string, string> | undefined,
  path: string,
  validateName: (name: string, path: string) => FieldError[],
): FieldError[] {
  const at = `${path}.requests[${name}]`;
  const quantity = requests[name] as string;
  const errors = [...validateName(name, at), ...validateResourceQuantity(name, quantity, at)];
  const limit = limits !== undefined && Object.hasOwn(limits, name) ? limits[name] : undefined;
  if (limit !== undefined) {
    if (!isOvercommitAllowed(name) && compareQuantity(quantity, limit) !== 0) {
      errors.push(invalid(`${path}.requests`, quantity, `must be equal to ${name} limit of ${limit}`));
    } else if (compareQuantity(quantity, limit) > 0) {
      errors.push(invalid(`${path}.requests`, quantity, `must be less than or equal to ${name} limit of ${limit}`));
    }
  } else if (!isOvercommitAllowed(name)) {
    errors.push(required(`${path}.limits`, 'Limit must be set for non overcommitable resources'));
  }
  return [...errors, ...validateHugePageUnit(name, quantity, at)];
}

function usesHugePagesAlone(quantities: Record<string, unknown>): boolean {
  const names = Object.keys(quantities);
  return names.some(isHugePageResource) && !names.includes('cpu') && !names.includes('memory');
}

function validateHugePageUnit(name: string, quantity: string, path: string): FieldError[] {
  if (!isHugePageResource(name)) return [];
  const size = hugePageSize(name);
  if (size <= 0n || nano(quantity) % size !== 0n) {
    return [invalid(path, quantity, `${quantity} is not positive integer multiple of ${name}`)];
  }
  return [];
}

/** Zero when the name has no size in it. */
function hugePageSize(name: string): bigint {
  const text = name.slice(HUGE_PAGES.length);
  return /^[0-9]+([KMGTPE]i|[kMGTPE])?$/.test(text) ? nano(text) : 0n;
}

/** Each entry names a claim of the pod, or one request of it, once. Models validateResourceClaimNames. */
function validateResourceClaims(claims: Part[] | undefined, claimNames: ReadonlySet<string>, path: string): FieldError[] {
  const seen = new Set<string>();
  return (claims ?? []).flatMap((claim, i) => {
    const name: string = claim.name ?? '';
    const at = `${path}[${i}]`;
    if (name === '') return [required(at)];
    const errors: FieldError[] = [];
    const key = claim.request ? `${name}/${claim.request}` : name;
    if (seen.has(name)) errors.push(duplicate(at, name));
    else {
      if (claim.request) errors.push(...validateDnsLabel(claim.request, `${at}.request`));
      if (seen.has(key)) errors.push(duplicate(at, key));
      else if (!claim.request) for (const other of seen) if (other.startsWith(`${name}/`)) errors.push(duplicate(at, name));
      seen.add(key);
    }
    if (!claimNames.has(name)) errors.push(unknownClaim(at, name, claimNames));
    return errors;
  });
}

function unknownClaim(path: string, name: string, claimNames: ReadonlySet<string>): FieldError {
  const known = claimNames.size === 0 ? ' which is empty' : `: ${[...claimNames].sort().join(', ')}`;
  const error = notFoundField(path, name);
  return {
    ...error,
    body: `${error.body}: must be one of the names in pod.spec.resourceClaims${known}`,
  };
}

export const POD_LEVEL_RESOURCES = ['cpu', 'memory'];

/** For the pod as a whole: a few resources only. Models validatePodResourceName. */
export function validatePodLevelResourceName(name: string, path: string): FieldError[] {
  const errors = validateResourceName(name, path);
  if (errors.length > 0 || POD_LEVEL_RESOURCES.includes(name) || isHugePageResource(name)) return errors;
  return [notSupported(path, name, POD_LEVEL_RESOURCES)];
}
