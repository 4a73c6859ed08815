import type { Affinity, NodeSelectorTerm } from '@vivakube/schema/types/core.v1';
import type { KubeObject } from '../../core/object.ts';
import { DAEMON_SETS, type DaemonSet, type Pod } from '../shared/objects.ts';
import { newControllerRef } from '../shared/owners.ts';
import { podFromTemplate } from '../shared/template.ts';
import { daemonTolerations } from './eligibility.ts';

export const HASH_LABEL = 'controller-revision-hash';
const GENERATION_LABEL = 'pod-template-generation';
const GENERATION_ANNOTATION = 'deprecated.daemonset.template.generation';
const NODE_NAME_FIELD = 'metadata.name';

const generationOf = ({ metadata }: DaemonSet): string | undefined => metadata.annotations?.[GENERATION_ANNOTATION];

/** Models IsPodUpdated in pkg/controller/daemon/util. */
export function isUpdated(set: DaemonSet, pod: Pod, hash: string): boolean {
  const labels = pod.metadata.labels ?? {};
  const generation = generationOf(set);
  return labels[HASH_LABEL] === hash || (generation !== undefined && labels[GENERATION_LABEL] === generation);
}

/** Every alternative is narrowed to the node. Models ReplaceDaemonSetPodNodeNameNodeAffinity. */
function boundTo(affinity: Affinity | undefined, nodeName: string): Affinity {
  const term: NodeSelectorTerm = { matchFields: [{ key: NODE_NAME_FIELD, operator: 'In', values: [nodeName] }] };
  const { nodeAffinity } = affinity ?? {};
  return { ...affinity, nodeAffinity: { ...nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } };
}

/** The node that a pod runs on or is meant for. Models GetTargetNodeName. */
export function targetNode({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  for (const { matchFields } of spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []) {
    const field = matchFields?.find(({ key, operator, values }) => key === NODE_NAME_FIELD && operator === 'In' && values?.length === 1);
    if (field) return field.values?.[0];
  }
  return undefined;
}

/** The pod for a node; the scheduler binds it. Models CreatePodTemplate and syncNodes. */
export function podFor(set: DaemonSet, nodeName: string, hash: string): KubeObject {
  const { metadata, spec } = set;
  const generation = generationOf(set);
  const labels = { ...spec.template.metadata?.labels, ...(generation === undefined ? {} : { [GENERATION_LABEL]: generation }), [HASH_LABEL]: hash };
  const template = {
    metadata: { ...spec.template.metadata, labels },
    spec: { ...spec.template.spec, tolerations: daemonTolerations(spec.template.spec), affinity: boundTo(spec.template.spec?.affinity, nodeName) },
  } as typeof spec.template;
  return podFromTemplate(template, { name: metadata.name, namespace: metadata.namespace as string }, newControllerRef(set, DAEMON_SETS));
}
