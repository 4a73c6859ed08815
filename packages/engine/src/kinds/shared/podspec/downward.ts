import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { type Part, validateQualifiedName } from '../fields.ts';
import { nano } from '../quantity.ts';

// Models the downward API's rules in pkg/apis/core/validation and pkg/apis/core/pods.
export const ENV_FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
export const VOLUME_FIELD_PATHS = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];

/** Every path that the downward API knows at all; the others fail to convert. */
const KNOWN = new Set([...ENV_FIELD_PATHS, ...VOLUME_FIELD_PATHS, 'spec.restartPolicy', 'spec.schedulerName', 'status.phase', 'spec.host']);

const SUBSCRIPTED = /^(.*)\['(.+)'\]$/;

/** Models validateObjectFieldSelector. */
export function validateFieldRef(reference: Part, allowed: readonly string[], path: string): FieldError[] {
  const fieldPath: string = reference.fieldPath ?? '';
  if (!reference.apiVersion) return [required(`${path}.apiVersion`)];
  if (fieldPath === '') return [required(`${path}.fieldPath`)];
  const cannot = (why: string) => [invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${why}`)];
  if (reference.apiVersion !== 'v1') return cannot(`unsupported pod version: ${reference.apiVersion}`);
  const subscripted = SUBSCRIPTED.exec(fieldPath);
  if (subscripted) return validateSubscript(subscripted[1] as string, subscripted[2] as string, fieldPath, path, cannot);
  if (!KNOWN.has(fieldPath)) return cannot(`field label not supported: ${fieldPath}`);
  const internal = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
  return allowed.includes(internal) ? [] : [notSupported(`${path}.fieldPath`, internal, allowed)];
}

function validateSubscript(base: string, key: string, fieldPath: string, path: string, cannot: (why: string) => FieldError[]): FieldError[] {
  if (base === 'metadata.annotations') return validateQualifiedName(key.toLowerCase(), path);
  if (base === 'metadata.labels') return validateQualifiedName(key, path);
  return cannot(`field label does not support subscript: ${fieldPath}`);
}

const RESOURCES = ['limits.cpu', 'limits.ephemeral-storage', 'limits.memory', 'requests.cpu', 'requests.ephemeral-storage', 'requests.memory'];
const isHugePages = (resource: string): boolean => resource.startsWith('requests.hugepages-') || resource.startsWith('limits.hugepages-');

/** Models validateContainerResourceFieldSelector. */
export function validateResourceFieldRef(reference: Part, path: string, inVolume: boolean): FieldError[] {
  const resource: string = reference.resource ?? '';
  const errors: FieldError[] = [];
  if (inVolume && !reference.containerName) errors.push(required(`${path}.containerName`));
  else if (resource === '') errors.push(required(`${path}.resource`));
  else if (!RESOURCES.includes(resource) && !isHugePages(resource)) errors.push(notSupported(`${path}.resource`, resource, RESOURCES));
  return [...errors, ...validateDivisor(resource, reference.divisor, path)];
}

const SIZES = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

function validateDivisor(resource: string, divisor: string | undefined, path: string): FieldError[] {
  if (divisor === undefined || nano(divisor) === 0n) return [];
  const only = (values: readonly string[], printed: string, what: string): FieldError[] =>
    values.includes(divisor)
      ? []
      : [invalid(`${path}.divisor`, resource, `only divisor's values ${printed} are supported with the ${what} resource`)];
  const sizes = SIZES.join(', ');
  if (resource.endsWith('s.cpu')) return only(['1m', '1'], '1m and 1', 'cpu');
  if (resource.endsWith('s.memory')) return only(SIZES, sizes, 'memory');
  if (resource.endsWith('s.ephemeral-storage')) return only(SIZES, sizes, 'local ephemeral storage');
  return isHugePages(resource) ? only(SIZES, sizes, 'hugepages') : [];
}
