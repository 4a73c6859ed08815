import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import {
  BOUND_BY_CONTROLLER,
  CLASS_RESOURCE,
  claimReference,
  findMatchingVolume,
  NO_PROVISIONER,
  SELECTED_NODE,
  storageClassOf,
  withAnnotations,
} from '../../../kinds/rules/volume-binding.ts';
import { ownValue } from '../../../kinds/shared/fields.ts';
import { nano } from '../../../kinds/shared/quantity.ts';
import type { Cycle } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import { nodeSelectorMatches } from '../node-selection.ts';

/** Whether a volume can be reached from a node. */
export function reaches(volume: KubeObject, node: NodeInfo): boolean {
  const selector = volume.spec?.nodeAffinity?.required;
  return !selector || nodeSelectorMatches(selector, node);
}

/** How the claims of a pod would be served on a node. */
export interface Plan {
  /** Volumes that are there, with the claims they are for. */
  matches: { volume: KubeObject; claim: KubeObject }[];
  /** Claims that a volume is made for. */
  provisions: KubeObject[];
}

/** undefined where a claim cannot be served on the node. Models FindPodVolumes: findMatchingVolumes and checkVolumeProvisions. */
export function planFor({ view }: Cycle, claims: readonly KubeObject[], node: NodeInfo): Plan | undefined {
  const plan: Plan = { matches: [], provisions: [] };
  const taken = new Set<string>();
  const bySize = [...claims].sort((a, b) => Number(nano(a.spec.resources?.requests?.storage) - nano(b.spec.resources?.requests?.storage)));
  for (const claim of bySize) {
    const selected = ownValue(claim.metadata.annotations, SELECTED_NODE);
    if (selected !== undefined && selected !== node.name) return undefined;
    const volume = selected === undefined ? findMatchingVolume(view, claim, { delayed: true, fitsNode: (v) => reaches(v, node), taken }) : undefined;
    if (volume) {
      taken.add(volume.metadata.name as string);
      plan.matches.push({ volume, claim });
      continue;
    }
    if (!canProvision(view.get(objectKey(CLASS_RESOURCE, '', storageClassOf(claim))), node)) return undefined;
    plan.provisions.push(claim);
  }
  return plan;
}

function canProvision(storageClass: KubeObject | undefined, node: NodeInfo): boolean {
  if (!storageClass || storageClass.provisioner === NO_PROVISIONER) return false;
  const topologies: { matchLabelExpressions?: { key: string; values: string[] }[] }[] = storageClass.allowedTopologies ?? [];
  if (topologies.length === 0) return true;
  const allows = ({ key, values }: { key: string; values: string[] }): boolean => values.includes(ownValue(node.labels, key) ?? '');
  return topologies.some(({ matchLabelExpressions = [] }) => matchLabelExpressions.every(allows));
}

/** What is written before the pod itself can be bound. Models AssumePodVolumes and bindAPIUpdate. */
export function updatesOf(plan: Plan, node: NodeInfo): KubeObject[] {
  const reserved = plan.matches
    .filter(({ volume, claim }) => volume.spec.claimRef?.uid !== claim.metadata.uid)
    .map(({ volume, claim }) => reserve(volume, claim));
  const selected = plan.provisions
    .filter((claim) => ownValue(claim.metadata.annotations, SELECTED_NODE) === undefined)
    .map((claim) => withAnnotations(claim, { [SELECTED_NODE]: node.name }));
  return [...reserved, ...selected];
}

function reserve(volume: KubeObject, claim: KubeObject): KubeObject {
  const named = { ...volume, spec: { ...volume.spec, claimRef: claimReference(claim) } };
  return volume.spec.claimRef ? named : withAnnotations(named, { [BOUND_BY_CONTROLLER]: 'yes' });
}
