import type { PodResourceClaim } from '@vivakube/schema/types/core.v1';
import { type ObjectKey, objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { View } from '../../../core/txn.ts';
import { isFinishedPod, type PodObject } from '../../shared/pod.ts';

export const DEVICE_CLAIM_RESOURCE = 'resource.k8s.io/resourceclaims';
export const deviceClaimKey = (namespace: string, name: string): ObjectKey => objectKey(DEVICE_CLAIM_RESOURCE, namespace, name);
/** Keeps a claim while devices are given to it. */
export const DELETE_PROTECTION = 'resource.kubernetes.io/delete-protection';

/** What a claim is called that a pod names or that was made for it; undefined while it is still to be made. Models Name of k8s.io/dynamic-resource-allocation/resourceclaim. */
export function claimNameFor({ status }: KubeObject, claim: PodResourceClaim): string | undefined {
  if (claim.resourceClaimName !== undefined) return claim.resourceClaimName;
  return (status?.resourceClaimStatuses as { name: string; resourceClaimName?: string }[] | undefined)?.find(({ name }) => name === claim.name)
    ?.resourceClaimName;
}

const claimsOf = (pod: KubeObject): readonly PodResourceClaim[] => pod.spec?.resourceClaims ?? [];

/** Names of the claims that there are for a pod, so far. */
export function deviceClaimNamesOf(pod: KubeObject): string[] {
  const extended = extendedClaimNameOf(pod);
  const names = claimsOf(pod).flatMap((claim) => claimNameFor(pod, claim) ?? []);
  return extended === undefined ? names : [...names, extended];
}

/** The claim that was made for extended resources that devices provide. */
const extendedClaimNameOf = ({ status }: KubeObject): string | undefined => status?.extendedResourceClaimStatus?.resourceClaimName;

/** Whether a pod has anything to do with claims, now. */
export const claimsDevices = (pod: KubeObject): boolean => claimsOf(pod).length > 0 || extendedClaimNameOf(pod) !== undefined;

/** Models IsForPod. */
export function foreignClaimProblem(pod: KubeObject, { metadata }: KubeObject): string | undefined {
  if (metadata.ownerReferences?.some(({ controller, uid }) => controller && uid === pod.metadata.uid)) return undefined;
  const { namespace, name } = pod.metadata;
  return `ResourceClaim ${metadata.namespace}/${metadata.name} was not created for pod ${namespace}/${name} (pod is not owner)`;
}

export const isReservedFor = (pod: KubeObject, { status }: KubeObject): boolean =>
  status?.reservedFor?.some(({ uid }: { uid: string }) => uid === pod.metadata.uid) ?? false;

/** The claim with the pod among those that use it. */
export const reservedFor = (claim: KubeObject, { metadata }: KubeObject): KubeObject => ({
  ...claim,
  status: {
    ...claim.status,
    reservedFor: [...(claim.status?.reservedFor ?? []), { resource: 'pods', name: metadata.name, uid: metadata.uid }],
  },
});

/** All claims of a pod, or what is wrong with the first that cannot be used. Models foreachPodResourceClaim of the scheduler's plugin. */
export function deviceClaimsOf(view: View, pod: KubeObject): KubeObject[] | string {
  const { namespace = '', name } = pod.metadata;
  const found: KubeObject[] = [];
  for (const claim of claimsOf(pod)) {
    const claimName = claimNameFor(pod, claim);
    if (claimName === undefined) return `pod "${namespace}/${name}": ResourceClaim not created yet`;
    const object = view.get(deviceClaimKey(namespace, claimName));
    if (!object) return `could not find ResourceClaim "${namespace}/${claimName}"`;
    if (object.metadata.deletionTimestamp) return `resourceclaim "${claimName}" is being deleted`;
    const problem = claim.resourceClaimTemplateName === undefined ? undefined : foreignClaimProblem(pod, object);
    if (problem !== undefined) return problem;
    found.push(object);
  }
  const extended = extendedClaimNameOf(pod);
  const object = extended === undefined ? undefined : view.get(deviceClaimKey(namespace, extended));
  return object ? [...found, object] : found;
}

/** None of its containers runs or ever will. Models isPodDone in pkg/controller/resourceclaim. */
export const isDonePod = (pod: KubeObject): boolean =>
  isFinishedPod(pod as PodObject) || (pod.metadata.deletionTimestamp !== undefined && !pod.spec?.nodeName);
