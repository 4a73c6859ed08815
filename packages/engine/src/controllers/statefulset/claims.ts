import { objectKey } from '../../core/key.ts';
import type { KubeObject, OwnerReference } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { CLAIMS, type Claim, PODS, type Pod, STATEFUL_SETS, type StatefulSet } from '../shared/objects.ts';
import { newControllerRef } from '../shared/owners.ts';
import { refusal } from '../shared/refusal.ts';
import { claimName, isInRange, ordinalOf } from './identity.ts';

export const CLAIM_RESOURCE = resourceOf(CLAIMS);

/** The claims that a pod of an ordinal needs. Models getPersistentVolumeClaims. */
function claimsOf(set: StatefulSet, ordinal: number): KubeObject[] {
  return (set.spec.volumeClaimTemplates ?? []).map(({ metadata = {}, spec }) => ({
    apiVersion: 'v1',
    kind: CLAIMS.kind,
    metadata: {
      name: claimName(metadata.name as string, set, ordinal),
      namespace: set.metadata.namespace as string,
      labels: { ...metadata.labels, ...set.spec.selector.matchLabels },
      ...(metadata.annotations ? { annotations: { ...metadata.annotations } } : {}),
      ...(metadata.finalizers ? { finalizers: [...metadata.finalizers] } : {}),
    },
    spec,
  }));
}

const claimKey = ({ metadata }: KubeObject): string => objectKey(CLAIM_RESOURCE, metadata.namespace, metadata.name as string);

const knownClaims = ({ view }: Reconcile, set: StatefulSet, ordinal: number): Claim[] =>
  claimsOf(set, ordinal).flatMap((claim) => (view.get(claimKey(claim)) as unknown as Claim | undefined) ?? []);

/** Creates the claims that are missing; the problem, if there is one. Models createPersistentVolumeClaims. */
export function createClaims(context: Reconcile, set: StatefulSet, podName: string, ordinal: number): string | undefined {
  const { api, view, record } = context;
  const problems: string[] = [];
  const about = set as KubeObject;
  for (const claim of claimsOf(set, ordinal)) {
    const known = view.get(claimKey(claim));
    const { name } = claim.metadata;
    if (known?.metadata.deletionTimestamp) problems.push(`pvc ${name} is being deleted`);
    if (known) continue;
    const refused = refusal(() => api.create(CLAIM_RESOURCE, claim));
    if (refused) {
      problems.push(`failed to create PVC ${name}: ${refused.message}`);
      const message = `create Claim ${name} for Pod ${podName} in StatefulSet ${set.metadata.name} failed error: ${refused.message}`;
      record(about, 'Warning', 'FailedCreate', message);
    } else {
      record(about, 'Normal', 'SuccessfulCreate', `create Claim ${name} Pod ${podName} in StatefulSet ${set.metadata.name} success`);
    }
  }
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
}

const policyOf = ({ spec }: StatefulSet) => ({
  deletesWithSet: spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete',
  deletesOnScale: spec.persistentVolumeClaimRetentionPolicy?.whenScaled === 'Delete',
});

const names = (ref: OwnerReference, object: StatefulSet | Pod, kind: string): boolean => ref.kind === kind && ref.name === object.metadata.name;

const refsOf = (claim: Claim): OwnerReference[] => (claim.metadata.ownerReferences ?? []) as OwnerReference[];

/** A claim that waits to go with a pod of this name that is no more must not be used again. Models PodClaimIsStale. */
export function isStale(context: Reconcile, set: StatefulSet, podName: string, ordinal: number): boolean {
  if (!policyOf(set).deletesOnScale) return false;
  const stale = (ref: OwnerReference): boolean => ref.kind === PODS.kind && ref.name === podName;
  return knownClaims(context, set, ordinal).some((claim) => refsOf(claim).some(stale));
}

/** The owners that a claim is to have; undefined where it is to be left alone. Models isClaimOwnerUpToDate and updateClaimOwnerRefForSetAndPod. */
export function ownersOf(set: StatefulSet, pod: Pod, claim: Claim): OwnerReference[] | undefined {
  const refs = refsOf(claim);
  const ofSet = (ref: OwnerReference): boolean => names(ref, set, STATEFUL_SETS.kind);
  const ofPod = (ref: OwnerReference): boolean => names(ref, pod, PODS.kind);
  const outdated = refs.some((ref) => (ofSet(ref) && ref.uid !== set.metadata.uid) || (ofPod(ref) && ref.uid !== pod.metadata.uid));
  if (outdated) return undefined;
  const others = refs.filter((ref) => !ofSet(ref) && !ofPod(ref));
  if (others.some((ref) => ref.controller)) return others;
  const { deletesWithSet, deletesOnScale } = policyOf(set);
  const scaledDown = !isInRange(set, pod);
  const owned: OwnerReference[] = [];
  if (deletesOnScale && scaledDown) owned.push(newControllerRef(pod, PODS));
  else if (deletesWithSet) owned.push(newControllerRef(set, STATEFUL_SETS));
  return [...others, ...owned];
}

const sameOwners = (a: readonly OwnerReference[], b: readonly OwnerReference[]): boolean =>
  a.length === b.length && a.every((ref, i) => ref.uid === b[i]?.uid && ref.controller === b[i]?.controller);

/** Makes the claims of a pod go, or not go, with the set and with the pod; whether anything had to change. */
export function applyRetention(context: Reconcile, set: StatefulSet, pod: Pod): boolean {
  let changed = false;
  for (const claim of knownClaims(context, set, ordinalOf(pod))) {
    const owners = ownersOf(set, pod, claim);
    if (owners === undefined || sameOwners(owners, refsOf(claim))) continue;
    const { ownerReferences: _before, ...metadata } = claim.metadata;
    context.api.update({ ...claim, metadata: owners.length > 0 ? { ...metadata, ownerReferences: owners } : metadata } as KubeObject);
    changed = true;
  }
  return changed;
}
