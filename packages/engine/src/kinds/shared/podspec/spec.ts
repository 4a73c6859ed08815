import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part, validateDnsSubdomain } from '../fields.ts';
import { validateLabels } from '../labels.ts';
import { isDns1123Subdomain } from '../names.ts';
import { validateResourceRequirements } from '../resources.ts';
import { inclusiveRangeError } from '../text.ts';
import { validateAffinity } from './affinity.ts';
import { validateContainers, validateEphemeralContainers, validateInitContainers } from './containers.ts';
import { validateFileKeyVolumes } from './env.ts';
import {
  validateDnsConfig,
  validateDnsPolicy,
  validateHostAliases,
  validateHostnameOverride,
  validateHostnames,
  validateResourceClaims,
} from './naming.ts';
import { validatePodResources } from './pod-resources.ts';
import { validateHostNetworkPorts } from './ports.ts';
import type { PodFacts, PodRules } from './rules.ts';
import { validateReadinessGates, validateSchedulingGates, validateTolerations, validateTopologySpread } from './scheduling.ts';
import { validateHostUsers, validatePodSecurity } from './security.ts';
import { validateVolumes } from './volumes.ts';
import { validateHostProcess, validateOsFields } from './windows.ts';

const INT32_MAX = 2_147_483_647;

/** Models ValidatePodSpec; the order of the findings is upstream's. */
export function validatePodSpec(spec: Part, path: string, rules: PodRules = {}): FieldError[] {
  const containers: Part[] = spec.containers ?? [];
  const { volumes, errors: volumeErrors } = validateVolumes(spec.volumes, `${path}.volumes`, rules);
  const facts = factsOf(spec, volumes, rules);
  return [
    ...(spec.terminationGracePeriodSeconds === undefined ? [required(`${path}.terminationGracePeriodSeconds`)] : []),
    ...volumeErrors,
    ...validateResourceClaims(spec.resourceClaims, `${path}.resourceClaims`),
    ...validateContainers(containers, `${path}.containers`, facts),
    ...validateInitContainers(spec.initContainers, containers, `${path}.initContainers`, facts),
    ...validateEphemeralContainers(spec.ephemeralContainers, [...containers, ...(spec.initContainers ?? [])], `${path}.ephemeralContainers`, facts),
    ...validatePodResources(spec, `${path}.resources`, facts),
    ...validateHostNetworkPorts(spec, path, rules.isPod ?? false),
    ...validateRestartPolicy(spec.restartPolicy, `${path}.restartPolicy`),
    ...validateDnsPolicy(spec.dnsPolicy, `${path}.dnsPolicy`),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validatePodSecurity(spec, `${path}.securityContext`),
    ...validateAffinity(spec.affinity, `${path}.affinity`),
    ...validateDnsConfig(spec.dnsConfig, spec.dnsPolicy, `${path}.dnsConfig`),
    ...validateReadinessGates(spec.readinessGates, `${path}.readinessGates`),
    ...validateSchedulingGates(spec.schedulingGates, `${path}.schedulingGates`),
    ...validateTopologySpread(spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`),
    ...validateHostProcess(spec, path),
    ...validateHostUsers(spec, path),
    ...validateHostnameOverride(spec, `${path}.hostnameOverride`),
    ...validateReferences(spec, path),
    ...validateActiveDeadline(spec.activeDeadlineSeconds, `${path}.activeDeadlineSeconds`),
    ...validateHostnames(spec, path),
    ...validateTolerations(spec.tolerations, `${path}.tolerations`),
    ...validateHostAliases(spec.hostAliases, `${path}.hostAliases`),
    ...validateClasses(spec, path),
    ...(spec.overhead ? validateResourceRequirements({ limits: spec.overhead }, `${path}.overhead`, { claimNames: new Set() }) : []),
    ...validateOs(spec, path),
    ...validateFileKeyVolumes(spec, path),
  ];
}

const factsOf = (spec: Part, volumes: ReadonlyMap<string, Part>, rules: PodRules): PodFacts => ({
  rules,
  volumes,
  claimNames: new Set(((spec.resourceClaims ?? []) as Part[]).map((c) => c.name).filter(Boolean)),
  gracePeriodSeconds: spec.terminationGracePeriodSeconds,
  restartPolicy: spec.restartPolicy ?? '',
  hostUsers: spec.hostUsers !== false,
  os: spec.os?.name,
});

export const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];

function validateRestartPolicy(policy: string | undefined, path: string): FieldError[] {
  if (!policy) return [required(path)];
  return RESTART_POLICIES.includes(policy) ? [] : [notSupported(path, policy, RESTART_POLICIES)];
}

/** Names of other objects. */
function validateReferences(spec: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const field of ['serviceAccountName', 'nodeName']) {
    const name: string | undefined = spec[field];
    if (name) errors.push(...eachInvalid(`${path}.${field}`, name, isDns1123Subdomain(name)));
  }
  return errors;
}

const validateActiveDeadline = (seconds: number | undefined, path: string): FieldError[] =>
  seconds !== undefined && (seconds < 1 || seconds > INT32_MAX) ? [invalid(path, seconds, inclusiveRangeError(1, INT32_MAX))] : [];

const PREEMPTION_POLICIES = ['PreemptLowerPriority', 'Never'];

function validateClasses(spec: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { priorityClassName: priority, runtimeClassName: runtime, preemptionPolicy: preemption } = spec;
  if (priority) errors.push(...eachInvalid(`${path}.priorityClassName`, priority, isDns1123Subdomain(priority)));
  if (runtime !== undefined) errors.push(...validateDnsSubdomain(runtime, `${path}.runtimeClassName`));
  if (preemption === '') errors.push(required(`${path}.preemptionPolicy`));
  else if (preemption !== undefined && !PREEMPTION_POLICIES.includes(preemption)) {
    errors.push(notSupported(`${path}.preemptionPolicy`, preemption, PREEMPTION_POLICIES));
  }
  return errors;
}

const OPERATING_SYSTEMS = ['linux', 'windows'];

function validateOs(spec: Part, path: string): FieldError[] {
  if (!spec.os) return [];
  if (!spec.os.name) return [required(`${path}.os.name`)];
  if (!OPERATING_SYSTEMS.includes(spec.os.name)) return [notSupported(`${path}.os`, spec.os.name, OPERATING_SYSTEMS)];
  return validateOsFields(spec, path);
}

/** What a Pod must be besides what a template must. Models the rest of validatePodMetadataAndSpec. */
export function validateTokensNeedAccount(spec: Part, path: string): FieldError[] {
  if (spec.serviceAccountName) return [];
  return ((spec.volumes ?? []) as Part[]).flatMap((volume, v) =>
    ((volume.projected?.sources ?? []) as Part[]).flatMap((source, s) =>
      source.serviceAccountToken
        ? [
            forbiddenField(
              `${path}.volumes[${v}].projected.sources[${s}].serviceAccountToken`,
              'must not be specified when serviceAccountName is not set',
            ),
          ]
        : [],
    ),
  );
}
