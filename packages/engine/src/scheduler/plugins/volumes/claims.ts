import type { KubeObject } from '../../../core/object.ts';
import type { View } from '../../../core/txn.ts';
import { claimKey, isBoundClaim, isDelayed, volumeKey } from '../../../kinds/rules/volume-binding.ts';
import type { PodObject } from '../../../kinds/shared/pod.ts';

export interface PodClaims {
  /** Volumes of bound claims; undefined for a volume that is not there. */
  bound: (KubeObject | undefined)[];
  /** Claims that are bound once a node is chosen. */
  delayed: KubeObject[];
  /** Claims that ought to be bound by now. */
  immediate: KubeObject[];
}

/** The claims of a pod, or why it cannot be scheduled with them. Models podHasPVCs and GetPodVolumeClaims. */
export function podClaims(view: View, pod: PodObject): PodClaims | string {
  const claims: PodClaims = { bound: [], delayed: [], immediate: [] };
  const { namespace = '' } = pod.metadata;
  for (const volume of pod.spec.volumes ?? []) {
    const name = volume.persistentVolumeClaim?.claimName ?? (volume.ephemeral ? `${pod.metadata.name}-${volume.name}` : undefined);
    if (name === undefined) continue;
    const claim = view.get(claimKey(namespace, name));
    const problem = problemOf(claim, name, pod, volume.ephemeral !== undefined);
    if (!claim || problem !== undefined) return problem as string;
    if (isBoundClaim(claim)) claims.bound.push(view.get(volumeKey(claim.spec.volumeName)));
    else if (isDelayed(view, claim) && !claim.spec.volumeName) claims.delayed.push(claim);
    else claims.immediate.push(claim);
  }
  return claims;
}

function problemOf(claim: KubeObject | undefined, name: string, pod: PodObject, ephemeral: boolean): string | undefined {
  if (!claim) {
    return ephemeral
      ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
      : `persistentvolumeclaim "${name}" not found`;
  }
  if (claim.status?.phase === 'Lost') return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName}"`;
  if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`;
  const { namespace, uid } = pod.metadata;
  if (ephemeral && !claim.metadata.ownerReferences?.some((ref) => ref.controller && ref.uid === uid)) {
    return `PVC ${namespace}/${name} was not created for pod ${namespace}/${pod.metadata.name} (pod is not owner)`;
  }
  return undefined;
}
