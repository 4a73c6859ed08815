import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, forbiddenField, invalid } from '../../../machinery/field.ts';
import { validateImmutable } from '../../shared/equal.ts';
import { eachInvalid, type Part, validateQualifiedName } from '../../shared/fields.ts';
import { ipFamily, validateIp } from '../../shared/ip.ts';
import { isDns1123Subdomain } from '../../shared/names.ts';
import { validatePodAnnotationUpdates } from '../../shared/podspec/annotations.ts';

const SYSTEM_CONDITIONS = ['PodScheduled', 'Ready', 'Initialized'];

/** Models ValidatePodStatusUpdate. */
export function validateStatusUpdate(pod: KubeObject, old: KubeObject): FieldError[] {
  const status = pod.status ?? {};
  const before = old.status ?? {};
  const conditions: Part[] = status.conditions ?? [];
  return [
    ...validatePodAnnotationUpdates(pod.metadata.annotations, old.metadata.annotations, 'metadata.annotations'),
    ...conditions.flatMap((c, i) =>
      SYSTEM_CONDITIONS.includes(c.type) ? [] : validateQualifiedName(c.type ?? '', `metadata.conditions[${i}].Type`),
    ),
    ...(pod.spec.nodeName !== old.spec.nodeName ? [forbiddenField('status.nodeName', 'may not be changed directly')] : []),
    ...validateNominated(status.nominatedNodeName, before.nominatedNodeName),
    ...validateImmutable(status.qosClass, before.qosClass, 'status.qosClass'),
    ...(allMayRestart(old.spec) ? [] : validateAllTransitions(status, before, old.spec)),
    ...validateIps(status.podIPs ?? [], 'status.podIPs'),
    ...validateHostIps(status),
  ];
}

const validateNominated = (name: string | undefined, before: string | undefined): FieldError[] =>
  name && name !== before ? eachInvalid('status.nominatedNodeName', name, isDns1123Subdomain(name)) : [];

const validateAllTransitions = (status: Part, before: Part, spec: Part): FieldError[] => [
  ...validateTransitions(status.containerStatuses, before.containerStatuses, 'status.containerStatuses', spec.containers, spec.restartPolicy),
  ...validateTransitions(
    status.initContainerStatuses,
    before.initContainerStatuses,
    'status.initContainerStatuses',
    spec.initContainers ?? [],
    spec.restartPolicy,
  ),
  ...validateTransitions(
    status.ephemeralContainerStatuses,
    before.ephemeralContainerStatuses,
    'status.ephemeralContainerStatuses',
    spec.ephemeralContainers ?? [],
    'Never',
  ),
];

/** What ended for good stays ended. Models ValidateContainerStateTransition. */
function validateTransitions(
  statuses: Part[] | undefined,
  before: Part[] | undefined,
  path: string,
  containers: Part[],
  policy: string,
): FieldError[] {
  if (policy === 'Always') return [];
  return (before ?? []).flatMap((old, i) => {
    const ended = old.state?.terminated;
    if (
      !ended ||
      mayRestart(
        containers.find((c) => c.name === old.name),
        policy,
        ended.exitCode ?? 0,
      )
    )
      return [];
    const revived = (statuses ?? []).some((status) => status.name === old.name && !status.state?.terminated);
    return revived ? [forbiddenField(`${path}[${i}].state`, 'may not be transitioned to non-terminated state')] : [];
  });
}

function mayRestart(container: Part | undefined, podPolicy: string, exitCode: number): boolean {
  const policy = container?.restartPolicy ?? podPolicy;
  if (policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)) return true;
  return ruleFor(container, exitCode) !== undefined;
}

const ruleFor = (container: Part | undefined, exitCode: number): Part | undefined =>
  ((container?.restartPolicyRules ?? []) as Part[]).find(
    ({ exitCodes }) => (exitCodes?.values ?? []).includes(exitCode) === (exitCodes?.operator === 'In'),
  );

/** Where one container can take all others back to the beginning, none ends for good. Models AllContainersCouldRestart. */
const allMayRestart = (spec: Part): boolean =>
  [...(spec.initContainers ?? []), ...(spec.containers ?? [])].some((c: Part) =>
    ((c.restartPolicyRules ?? []) as Part[]).some(({ action }) => action === 'RestartAllContainers'),
  );

function validateIps(ips: Part[], path: string): FieldError[] {
  const errors = ips.flatMap(({ ip }, i) => validateIp(ip ?? '', `${path}[${i}]`));
  if (ips.length < 2) return errors;
  if (ips.length > 2 || ipFamily(ips[0].ip) === ipFamily(ips[1].ip)) {
    errors.push(invalid(path, ips, 'may specify no more than one IP for each IP family'));
  }
  for (const [i, { ip }] of ips.entries()) if (ips.findIndex((other) => other.ip === ip) < i) errors.push(duplicate(`${path}[${i}]`, { IP: ip }));
  return errors;
}

function validateHostIps(status: Part): FieldError[] {
  const ips: Part[] = status.hostIPs ?? [];
  if (ips.length === 0) return [];
  const first = ips[0].ip;
  const errors = status.hostIP === first ? [] : [invalid('status.hostIPs[0].ip', first, 'must be equal to `hostIP`')];
  return [...errors, ...validateIps(ips, 'status.hostIPs')];
}
