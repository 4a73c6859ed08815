import type { KubeObject } from '../../../core/object.ts';
import { ownValue, type Part, sortedKeys } from '../fields.ts';
import { isDns1123Label } from '../names.ts';
import { nano } from '../quantity.ts';
import { containersWithPath } from './rules.ts';
import { simulationWarnings } from './simulation.ts';

/** Models GetWarningsForPod of pkg/api/pod/warnings.go, and what the strategy adds on create. */
export function podWarnings(pod: KubeObject): string[] {
  const dots = isDns1123Label(pod.metadata.name ?? '');
  const name = `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${dots.join(' ')}]`;
  return [...(dots.length > 0 ? [name] : []), ...warningsAbout(pod.spec, pod.metadata.annotations, 'spec', 'metadata')];
}

/** Models GetWarningsForPodTemplate. */
export const templateWarnings = (template: Part | undefined, path: string): string[] =>
  template ? warningsAbout(template.spec ?? {}, template.metadata?.annotations, `${path}.spec`, `${path}.metadata`) : [];

function warningsAbout(spec: Part, annotations: Record<string, string> | undefined, path: string, metadataPath: string): string[] {
  const warnings = [
    ...nodeSelectorWarnings(spec.nodeSelector, `${path}.nodeSelector`),
    ...annotationWarnings(annotations, `${metadataPath}.annotations`),
    ...simulationWarnings(annotations, `${metadataPath}.annotations`),
    ...hostAliasWarnings(spec.hostAliases, `${path}.hostAliases`),
    ...volumeWarnings(spec.volumes, `${path}.volumes`),
    ...secretWarnings(spec.imagePullSecrets, `${path}.imagePullSecrets`),
  ];
  for (const [container, at] of containersWithPath(spec, path)) warnings.push(...containerWarnings(container, at));
  if (spec.resourceClaims?.length) {
    warnings.push(`${path}.resourceClaims: devices are not allocated in this simulated cluster; pods run without them`);
  }
  if (spec.terminationGracePeriodSeconds < 0) {
    warnings.push(`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1.`);
  }
  return warnings;
}

/** Labels of old and what took their place. Models pkg/api/node's list. */
const DEPRECATED_LABELS = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
]);

const nodeSelectorWarnings = (selector: Record<string, string> | undefined, path: string): string[] =>
  sortedKeys(selector)
    .filter((key) => DEPRECATED_LABELS.has(key))
    .map((key) => `${path}[${key}]: ${DEPRECATED_LABELS.get(key)}`);

function annotationWarnings(annotations: Record<string, string> | undefined, path: string): string[] {
  const warnings: string[] = [];
  for (const key of sortedKeys(annotations)) {
    const at = `${path}[${key}]`;
    if (key === 'scheduler.alpha.kubernetes.io/critical-pod')
      warnings.push(`${at}: non-functional in v1.16+; use the "priorityClassName" field instead`);
    else if (key === 'seccomp.security.alpha.kubernetes.io/pod' || key.startsWith('container.seccomp.security.alpha.kubernetes.io/')) {
      warnings.push(`${at}: non-functional in v1.27+; use the "seccompProfile" field instead`);
    } else if (key.startsWith('container.apparmor.security.beta.kubernetes.io/')) {
      warnings.push(`${at}: deprecated since v1.30; use the "appArmorProfile" field instead`);
    }
  }
  return warnings;
}

function hostAliasWarnings(aliases: Part[] | undefined, path: string): string[] {
  const seen = new Set<string>();
  return (aliases ?? []).flatMap(({ ip }, i) => {
    if (seen.has(ip)) return [`${path}[${i}].ip: duplicate ip ${JSON.stringify(ip)}`];
    seen.add(ip);
    return [];
  });
}

const DEPRECATED_VOLUMES: [field: string, why: string][] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export const deprecatedVolumeWarnings = (volume: Part, path: string): string[] =>
  DEPRECATED_VOLUMES.filter(([field]) => volume[field]).map(([field, why]) => `${path}.${field}: ${why}`);

const volumeWarnings = (volumes: Part[] | undefined, path: string): string[] =>
  (volumes ?? []).flatMap((volume, i) => deprecatedVolumeWarnings(volume, `${path}[${i}]`));

const secretWarnings = (secrets: Part[] | undefined, path: string): string[] =>
  (secrets ?? []).flatMap(({ name }, i) => (name ? [] : [`${path}[${i}].name: invalid empty name ${JSON.stringify(name ?? '')}`]));

/** Amounts that can only be whole. */
const WHOLE = ['memory', 'ephemeral-storage', 'storage'];

function containerWarnings(container: Part, path: string): string[] {
  const warnings: string[] = [];
  for (const list of ['limits', 'requests']) {
    for (const name of WHOLE) {
      const quantity = ownValue<string>(container.resources?.[list], name);
      if (quantity !== undefined && nano(quantity) % 1_000_000_000n !== 0n) {
        warnings.push(`${path}.resources.${list}[${name}]: fractional byte value ${JSON.stringify(quantity)} is invalid, must be an integer`);
      }
    }
  }
  return [...warnings, ...envWarnings(container.env, `${path}.env`), ...portWarnings(container.ports, `${path}.ports`)];
}

/** A later variable wins; server-side apply would lose one of the two. */
function envWarnings(variables: Part[] | undefined, path: string): string[] {
  const values = new Map<string, string>();
  return (variables ?? []).flatMap(({ name, value }, i) => {
    const before = values.get(name);
    values.set(name, value ?? '');
    // Building on the value before is a known idiom.
    if (before === undefined || (value ?? '').includes(`$(${name})`)) return [];
    return [`${path}[${i}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`];
  });
}

function portWarnings(ports: Part[] | undefined, path: string): string[] {
  const first = new Map<string, number>();
  return (ports ?? []).flatMap((port, i) => {
    const identity = `${port.containerPort}/${port.protocol}/${port.hostPort ?? 0}/${port.hostIP ?? ''}`;
    const before = first.get(identity);
    if (before === undefined) first.set(identity, i);
    return before === undefined ? [] : [`${path}[${i}]: duplicate port definition with ${path}[${before}]`];
  });
}
