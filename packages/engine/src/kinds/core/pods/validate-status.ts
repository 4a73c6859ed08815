import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, forbiddenField, invalid } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { eachInvalid, type Part, validateQualifiedName } from '../../shared/fields.ts';
import { goStructs } from '../../shared/go/show.ts';
import { ipFamily, validateIp } from '../../shared/ip.ts';
import { isDns1123Subdomain } from '../../shared/names.ts';
import { validatePodAnnotationUpdates } from '../../shared/podspec/annotations.ts';
import { validateTransitions } from './transitions.ts';

/** Those that upstream lets through as they are, and others that need no second look. */
const WELL_NAMED = ['PodScheduled', 'Ready', 'Initialized', 'ContainersReady', 'PodReadyToStartContainers'];

/** Models ValidatePodStatusUpdate. */
export function validateStatusUpdate(pod: KubeObject, old: KubeObject): FieldError[] {
  const status = pod.status ?? {};
  const before = old.status ?? {};
  const conditions: Part[] = status.conditions ?? [];
  return [
    ...validatePodAnnotationUpdates(pod.metadata.annotations, old.metadata.annotations, 'metadata.annotations'),
    ...conditions.flatMap((c, i) => validateCondition(c, `status.conditions[${i}]`)),
    ...(pod.spec.nodeName !== old.spec.nodeName ? [forbiddenField('status.nodeName', 'may not be changed directly')] : []),
    ...validateNominated(status.nominatedNodeName, before.nominatedNodeName, old.spec.nodeName),
    ...generation(status, 'status'),
    ...validateImmutable(status.qosClass, before.qosClass, 'status.qosClass'),
    ...validateTransitions(status, before, old.spec),
    ...validateClaimStatuses(status.resourceClaimStatuses ?? [], pod.spec.resourceClaims ?? []),
    ...validateIps(status.podIPs ?? [], 'status.podIPs'),
    ...validateHostIps(status),
  ];
}

const generation = ({ observedGeneration: value = 0 }: Part, path: string): FieldError[] =>
  value < 0 ? [invalid(`${path}.observedGeneration`, value, 'must be a non-negative integer')] : [];

const validateCondition = (condition: Part, path: string): FieldError[] => [
  ...generation(condition, path),
  ...(WELL_NAMED.includes(condition.type) ? [] : validateQualifiedName(condition.type ?? '', `${path}.Type`)),
];

function validateNominated(name: string | undefined, before: string | undefined, node: string | undefined): FieldError[] {
  const path = 'status.nominatedNodeName';
  if (!name || name === before) return [];
  const errors = eachInvalid(path, name, isDns1123Subdomain(name));
  return node ? [...errors, forbiddenField(path, 'may not be set on pods that are already bound to a node')] : errors;
}

/** Models validatePodResourceClaimStatuses. */
function validateClaimStatuses(statuses: Part[], claims: Part[]): FieldError[] {
  const seen = new Set<string>();
  return statuses.flatMap(({ name = '', resourceClaimName: claim }, i) => {
    const at = `status.resourceClaimStatuses[${i}]`;
    const errors: FieldError[] = [];
    if (!claims.some((each) => each.name === name)) {
      errors.push(invalid(`${at}.name`, name, 'must match the name of an entry in `spec.resourceClaims`'));
    }
    if (seen.has(name)) errors.push(duplicate(`${at}.name`, name));
    seen.add(name);
    return claim === undefined ? errors : [...errors, ...eachInvalid(`${at}.resourceClaimName`, claim, isDns1123Subdomain(claim))];
  });
}

function validateIps(ips: Part[], path: string): FieldError[] {
  const errors = ips.flatMap(({ ip }, i) => validateIp(ip ?? '', `${path}[${i}]`));
  if (ips.length < 2) return errors;
  if (ips.length > 2 || ipFamily(ips[0].ip) === ipFamily(ips[1].ip)) {
    errors.push(invalid(path, goStructs('PodIP', ips), 'may specify no more than one IP for each IP family'));
  }
  return errors;
}

function validateHostIps(status: Part): FieldError[] {
  const ips: Part[] = status.hostIPs ?? [];
  if (ips.length === 0) return [];
  const first = ips[0].ip;
  const errors = status.hostIP === first ? [] : [invalid('status.hostIPs[0].ip', first, 'must be equal to `hostIP`')];
  return [...errors, ...validateIps(ips, 'status.hostIPs')];
}
