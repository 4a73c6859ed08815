import type { KubeObject } from '../../../../core/object.ts';
import type { Part } from '../../fields.ts';
import { ipWarnings } from '../../ip-warnings.ts';
import { isDns1123Label } from '../../names.ts';
import { containersWithPath } from '../rules.ts';
import { simulationWarnings } from '../simulation.ts';
import { annotationWarnings, profileWarnings } from './annotations.ts';
import { containerWarnings, fractionWarnings } from './containers.ts';
import { portWarnings } from './ports.ts';
import { placementWarnings, podAffinityWarnings } from './scheduling.ts';
import { volumeWarnings } from './volumes.ts';

/** Models GetWarningsForPod of pkg/api/pod/warnings.go, and what the strategy adds on create. */
export function podWarnings(pod: KubeObject): string[] {
  const dots = isDns1123Label(pod.metadata.name ?? '');
  const name = `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${dots.join(' ')}]`;
  return [...(dots.length > 0 ? [name] : []), ...warningsAbout(pod.spec, pod.metadata.annotations, 'spec', 'metadata')];
}

/** Models GetWarningsForPodTemplate. */
export const templateWarnings = (template: Part | undefined, path: string): string[] =>
  template ? warningsAbout(template.spec ?? {}, template.metadata?.annotations, `${path}.spec`, `${path}.metadata`) : [];

/** Models warningsForPodSpecAndMeta, its order included. */
function warningsAbout(spec: Part, annotations: Record<string, string> | undefined, path: string, metadataPath: string): string[] {
  const containers = [...containersWithPath(spec, path)];
  return [
    ...placementWarnings(spec, path),
    ...annotationWarnings(annotations, `${metadataPath}.annotations`),
    ...simulationWarnings(annotations, `${metadataPath}.annotations`),
    ...volumeWarnings(spec.volumes, `${path}.volumes`),
    ...duplicateWarnings(spec.hostAliases, 'ip', `${path}.hostAliases`),
    ...duplicateWarnings(spec.imagePullSecrets, 'name', `${path}.imagePullSecrets`),
    ...secretWarnings(spec.imagePullSecrets, `${path}.imagePullSecrets`),
    ...fractionWarnings(spec.overhead, `${path}.overhead`),
    ...profileWarnings(spec, annotations, `${metadataPath}.annotations`),
    ...containers.flatMap(([container, at]) => containerWarnings(container, at)),
    ...portWarnings(spec, path),
    ...(spec.terminationGracePeriodSeconds < 0
      ? [`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
    ...podAffinityWarnings(spec, path),
    ...((spec.dnsConfig?.nameservers ?? []) as string[]).flatMap((address, i) => ipWarnings(address, `${path}.dnsConfig.nameservers[${i}]`)),
    ...((spec.hostAliases ?? []) as Part[]).flatMap(({ ip }, i) => ipWarnings(ip, `${path}.hostAliases[${i}].ip`)),
  ];
}

function duplicateWarnings(items: Part[] | undefined, field: string, path: string): string[] {
  const seen = new Set<string>();
  return (items ?? []).flatMap((item, i) => {
    const value: string = item[field] ?? '';
    if (seen.has(value)) return [`${path}[${i}].${field}: duplicate ${field} ${JSON.stringify(value)}`];
    seen.add(value);
    return [];
  });
}

const secretWarnings = (secrets: Part[] | undefined, path: string): string[] =>
  (secrets ?? []).flatMap(({ name }, i) => (name ? [] : [`${path}[${i}].name: invalid empty name ""`]));
