import type { KubeObject } from '../../core/object.ts';
import { type Pod, type PodTemplate, STATEFUL_SETS, type StatefulSet } from '../shared/objects.ts';
import { newControllerRef } from '../shared/owners.ts';
import { podFromTemplate } from '../shared/template.ts';

// Models pkg/controller/statefulset/stateful_set_utils.go.

export const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
export const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';
export const REVISION_LABEL = 'controller-revision-hash';

/** Name of the set and ordinal that a pod's name spells. */
export function parentAndOrdinal(podName: string): { parent: string; ordinal: number } | undefined {
  const match = /^(.*)-([0-9]+)$/.exec(podName);
  return match ? { parent: match[1] as string, ordinal: Number(match[2]) } : undefined;
}

export const ordinalOf = (pod: Pod): number => parentAndOrdinal(pod.metadata.name)?.ordinal ?? -1;
export const isMember = (set: StatefulSet, pod: Pod): boolean => parentAndOrdinal(pod.metadata.name)?.parent === set.metadata.name;
export const podName = (set: StatefulSet, ordinal: number): string => `${set.metadata.name}-${ordinal}`;
export const claimName = (template: string, set: StatefulSet, ordinal: number): string => `${template}-${set.metadata.name}-${ordinal}`;

export const startOrdinal = ({ spec }: StatefulSet): number => spec.ordinals?.start ?? 0;
export const replicasOf = ({ spec }: StatefulSet): number => spec.replicas ?? 1;

export function isInRange(set: StatefulSet, pod: Pod): boolean {
  const ordinal = ordinalOf(pod);
  const start = startOrdinal(set);
  return ordinal >= start && ordinal < start + replicasOf(set);
}

export const revisionOf = (pod: Pod): string | undefined => pod.metadata.labels?.[REVISION_LABEL];

const identityLabels = (set: StatefulSet, ordinal: number): Record<string, string> => ({
  [POD_NAME_LABEL]: podName(set, ordinal),
  [POD_INDEX_LABEL]: String(ordinal),
});

export const hasIdentity = (set: StatefulSet, pod: Pod): boolean => isMember(set, pod) && pod.metadata.labels?.[POD_NAME_LABEL] === pod.metadata.name;

export function withIdentity(set: StatefulSet, pod: Pod): Pod {
  return { ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, ...identityLabels(set, ordinalOf(pod)) } } };
}

/** Volumes of the claims come first and take the place of the template's of the same name. */
function volumesOf(set: StatefulSet, ordinal: number, template: PodTemplate) {
  const names = (set.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name as string);
  const claimed = names.map((name) => ({ name, persistentVolumeClaim: { claimName: claimName(name, set, ordinal) } }));
  return [...claimed, ...(template.spec?.volumes ?? []).filter(({ name }) => !names.includes(name))];
}

export const hasStorage = (set: StatefulSet, pod: Pod): boolean =>
  (set.spec.volumeClaimTemplates ?? []).every(({ metadata }) => {
    const name = metadata?.name as string;
    const volume = pod.spec.volumes?.find((each) => each.name === name);
    return volume?.persistentVolumeClaim?.claimName === claimName(name, set, ordinalOf(pod));
  });

/** The pod of an ordinal, of the template of a revision. */
export function podOf(set: StatefulSet, template: PodTemplate, revision: string, ordinal: number): KubeObject {
  const { metadata, spec } = set;
  const name = podName(set, ordinal);
  const pod = podFromTemplate(template, { name: metadata.name, namespace: metadata.namespace as string }, newControllerRef(set, STATEFUL_SETS));
  const { generateName, ...rest } = pod.metadata;
  const volumes = volumesOf(set, ordinal, template);
  return {
    ...pod,
    metadata: {
      name,
      generateName: generateName as string,
      ...rest,
      labels: { ...rest.labels, ...identityLabels(set, ordinal), [REVISION_LABEL]: revision },
    },
    spec: { ...pod.spec, hostname: name, ...(spec.serviceName ? { subdomain: spec.serviceName } : {}), ...(volumes.length > 0 ? { volumes } : {}) },
  };
}
