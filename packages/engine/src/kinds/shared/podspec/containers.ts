import { duplicate, type FieldError, forbiddenField, invalid, notFoundField, notSupported, required } from '../../../machinery/field.ts';
import { type Part, validateDnsLabel } from '../fields.ts';
import { validateResourceRequirements } from '../resources.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import { validateLifecycle, validateProbes } from './handlers.ts';
import { validateVolumeDevices, validateVolumeMounts } from './mounts.ts';
import { validateContainerPorts, validateHostPortConflicts } from './ports.ts';
import { validateResizePolicy, validateRestartRules } from './restart.ts';
import { isSidecar, type PodFacts } from './rules.ts';
import { validateContainerSecurity } from './security.ts';
import { validatePullPolicy } from './volume-sources.ts';

const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];

/** What holds for a container of any sort. Models validateContainerCommon. */
function validateCommon(container: Part, path: string, facts: PodFacts): FieldError[] {
  return [
    ...(container.name ? validateDnsLabel(container.name, `${path}.name`) : [required(`${path}.name`)]),
    ...(container.image ? [] : [required(`${path}.image`)]),
    ...validateMessagePolicy(container.terminationMessagePolicy, `${path}.terminationMessagePolicy`),
    ...validateContainerPorts(container.ports, `${path}.ports`),
    ...validateEnv(container.env, `${path}.env`),
    ...validateEnvFrom(container.envFrom, `${path}.envFrom`),
    ...validateVolumeMounts(container, facts.volumes, `${path}.volumeMounts`),
    ...validateVolumeDevices(container, facts.volumes, `${path}.volumeDevices`),
    ...validatePullPolicy(container.imagePullPolicy, `${path}.imagePullPolicy`),
    ...validateResourceRequirements(container.resources, `${path}.resources`, {
      claimNames: facts.claimNames,
    }),
    ...validateResizePolicy(container, `${path}.resizePolicy`, facts.restartPolicy),
    ...validateContainerSecurity(container.securityContext, `${path}.securityContext`, facts.hostUsers),
  ];
}

function validateMessagePolicy(policy: string | undefined, path: string): FieldError[] {
  if (!policy) return [required(path)];
  return MESSAGE_POLICIES.includes(policy) ? [] : [notSupported(path, policy, MESSAGE_POLICIES)];
}

/** What only a container that runs for long may have. */
const validateLongRunning = (container: Part, path: string, facts: PodFacts): FieldError[] => [
  ...(container.lifecycle ? validateLifecycle(container.lifecycle, facts.gracePeriodSeconds, facts.os, `${path}.lifecycle`) : []),
  ...validateProbes(container, facts.gracePeriodSeconds, path),
];

/** Models validateContainers. */
export function validateContainers(containers: Part[] | undefined, path: string, facts: PodFacts): FieldError[] {
  if (!containers || containers.length === 0) return [required(path)];
  const names = new Set<string>();
  const errors = containers.flatMap((container, i) => {
    const at = `${path}[${i}]`;
    const own = validateCommon(container, at, facts);
    const name: string = container.name ?? '';
    if (names.has(name)) own.push(duplicate(`${at}.name`, name));
    names.add(name);
    return [...own, ...validateLongRunning(container, at, facts), ...validateRestartRules(container, at)];
  });
  return [...errors, ...validateHostPortConflicts(containers, path)];
}

/** Models validateInitContainers. */
export function validateInitContainers(containers: Part[] | undefined, regular: Part[], path: string, facts: PodFacts): FieldError[] {
  const names = new Set<string>(regular.map((c) => c.name ?? ''));
  return (containers ?? []).flatMap((container, i) => {
    const at = `${path}[${i}]`;
    const errors = [...validateCommon(container, at, facts), ...validateRestartRules(container, at)];
    const name: string = container.name ?? '';
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    else if (name !== '') names.add(name);
    // Init containers run one by one, so ports only clash within one.
    errors.push(...validateHostPortConflicts([container], path));
    if (isSidecar(container)) return [...errors, ...validateLongRunning(container, at, facts)];
    return [...errors, ...forbidLongRunning(container, at), ...forbidRestartOnResize(container, at)];
  });
}

const LONG_RUNNING = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];
const forbidLongRunning = (container: Part, path: string): FieldError[] =>
  LONG_RUNNING.filter((f) => container[f]).map((f) =>
    forbiddenField(`${path}.${f}`, 'may not be set for init containers without restartPolicy=Always'),
  );

/** What runs once is resized while it runs or not at all. */
const forbidRestartOnResize = (container: Part, path: string): FieldError[] =>
  ((container.resizePolicy ?? []) as Part[]).flatMap(({ restartPolicy }, i) =>
    restartPolicy === 'RestartContainer'
      ? [invalid(`${path}.resizePolicy[${i}].restartPolicy`, restartPolicy, "must not be set to 'RestartContainer' for non-sidecar initContainers")]
      : [],
  );

const NOT_EPHEMERAL = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
];

/** Models validateEphemeralContainers. */
export function validateEphemeralContainers(containers: Part[] | undefined, others: Part[], path: string, facts: PodFacts): FieldError[] {
  const targets = new Set<string>(others.map((c) => c.name));
  const names = new Set(targets);
  return (containers ?? []).flatMap((container, i) => {
    const at = `${path}[${i}]`;
    const errors = [...validateCommon(container, at, facts), ...validateImageTrimmed(container, at)];
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    const target: string | undefined = container.targetContainerName;
    if (target && !targets.has(target)) errors.push(notFoundField(`${at}.targetContainerName`, target));
    const why = 'cannot be set for an Ephemeral Container';
    for (const field of NOT_EPHEMERAL) if (isGiven(container[field])) errors.push(forbiddenField(`${at}.${field}`, why));
    for (const [m, mount] of ((container.volumeMounts ?? []) as Part[]).entries()) {
      for (const field of ['subPath', 'subPathExpr']) if (mount[field]) errors.push(forbiddenField(`${at}.volumeMounts[${m}].${field}`, why));
    }
    return errors;
  });
}

const isGiven = (value: unknown): boolean => value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** A pod's image may not be padded; a template's may, as it always could. */
export const validateImageTrimmed = (container: Part, path: string): FieldError[] => {
  const image: string = container.image ?? '';
  return image.trim() === image ? [] : [invalid(`${path}.image`, image, 'must not have leading or trailing whitespace')];
};
