import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { View } from '../../../core/txn.ts';
import { selectorMatches } from '../../../kinds/rules/selector.ts';
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
import { compareQuantity, nano } from '../../../kinds/shared/quantity.ts';
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

/** Why the claims cannot be served on the node, where they cannot: no volume to be had, or no room for a new one. Models FindPodVolumes: findMatchingVolumes and checkVolumeProvisions. */
export function planFor({ view }: Cycle, claims: readonly KubeObject[], node: NodeInfo): Plan | 'no-volume' | 'no-room' {
  const plan: Plan = { matches: [], provisions: [] };
  const taken = new Set<string>();
  const bySize = [...claims].sort((a, b) => Number(nano(a.spec.resources?.requests?.storage) - nano(b.spec.resources?.requests?.storage)));
  for (const claim of bySize) {
    const selected = ownValue(claim.metadata.annotations, SELECTED_NODE);
    if (selected !== undefined && selected !== node.name) return 'no-volume';
    const volume = selected === undefined ? findMatchingVolume(view, claim, { delayed: true, fitsNode: (v) => reaches(v, node), taken }) : undefined;
    if (volume) {
      taken.add(volume.metadata.name as string);
      plan.matches.push({ volume, claim });
      continue;
    }
    const storageClass = view.get(objectKey(CLASS_RESOURCE, '', storageClassOf(claim)));
    if (!storageClass || !canProvision(storageClass, node)) return 'no-volume';
    if (!hasRoom(view, storageClass, claim, node)) return 'no-room';
    plan.provisions.push(claim);
  }
  return plan;
}

function canProvision(storageClass: KubeObject, node: NodeInfo): boolean {
  if (storageClass.provisioner === NO_PROVISIONER) return false;
  const topologies: { matchLabelExpressions?: { key: string; values: string[] }[] }[] = storageClass.allowedTopologies ?? [];
  if (topologies.length === 0) return true;
  const allows = ({ key, values }: { key: string; values: string[] }): boolean => values.includes(ownValue(node.labels, key) ?? '');
  return topologies.some(({ matchLabelExpressions = [] }) => matchLabelExpressions.every(allows));
}

/** Drivers that publish what room they have are asked for it. Models hasEnoughCapacity of plugins/volumebinding/binder.go. */
function hasRoom(view: View, { metadata, provisioner }: KubeObject, claim: KubeObject, node: NodeInfo): boolean {
  const wanted = claim.spec?.resources?.requests?.storage;
  if (wanted === undefined || !view.get(objectKey('storage.k8s.io/csidrivers', '', provisioner))?.spec?.storageCapacity) return true;
  return view
    .list('storage.k8s.io/csistoragecapacities')
    .some(
      ({ storageClassName, nodeTopology, maximumVolumeSize, capacity }) =>
        storageClassName === metadata.name &&
        nodeTopology !== undefined &&
        selectorMatches(nodeTopology, node.labels) &&
        compareQuantity(maximumVolumeSize ?? capacity ?? '0', wanted) >= 0,
    );
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
