import { type ObjectKey, objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { ownValue } from '../shared/fields.ts';
import { compareQuantity } from '../shared/quantity.ts';
import { selectorMatches } from './selector.ts';

// Facts about claims and volumes that both the volume controller and the scheduler go by. Models k8s.io/component-helpers/storage/volume.

export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

export const CLAIM_RESOURCE = 'core/persistentvolumeclaims';
export const VOLUME_RESOURCE = 'core/persistentvolumes';
export const CLASS_RESOURCE = 'storage.k8s.io/storageclasses';
export const ATTRIBUTES_RESOURCE = 'storage.k8s.io/volumeattributesclasses';

export const volumeKey = (name: string): ObjectKey => objectKey(VOLUME_RESOURCE, '', name);
export const claimKey = (namespace: string, name: string): ObjectKey => objectKey(CLAIM_RESOURCE, namespace, name);

/** The storage class of a claim or a volume; '' for none. */
export const storageClassOf = ({ metadata, spec }: KubeObject): string =>
  ownValue(metadata.annotations, CLASS_ANNOTATION) ?? spec?.storageClassName ?? '';

export const hasAnnotation = ({ metadata }: KubeObject, key: string): boolean => ownValue(metadata.annotations, key) !== undefined;

export function withAnnotations(object: KubeObject, added: Readonly<Record<string, string>>): KubeObject {
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...added } } };
}

export function withoutAnnotations(object: KubeObject, ...keys: string[]): KubeObject {
  const left = Object.entries(object.metadata.annotations ?? {}).filter(([key]) => !keys.includes(key));
  return { ...object, metadata: { ...object.metadata, annotations: Object.fromEntries(left) } };
}

/** Whether the claim waits for a pod to be scheduled. Models IsDelayBindingMode. */
export function isDelayed(view: View, claim: KubeObject): boolean {
  const name = storageClassOf(claim);
  return name !== '' && view.get(objectKey(CLASS_RESOURCE, '', name))?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** Bound both ways, and said so. */
export const isBoundClaim = (claim: KubeObject): boolean => Boolean(claim.spec?.volumeName) && hasAnnotation(claim, BIND_COMPLETED);

/** Models IsVolumeBoundToClaim: the volume names this claim, or one of its name that somebody had in mind. */
export function isBoundTo(volume: KubeObject, claim: KubeObject): boolean {
  const ref = volume.spec?.claimRef;
  if (!ref || ref.name !== claim.metadata.name || ref.namespace !== claim.metadata.namespace) return false;
  return !ref.uid || ref.uid === claim.metadata.uid;
}

const modeOf = ({ spec }: KubeObject): string => spec?.volumeMode ?? 'Filesystem';

export const sameVolumeMode = (volume: KubeObject, claim: KubeObject): boolean => modeOf(volume) === modeOf(claim);

const sameAttributes = (volume: KubeObject, claim: KubeObject): boolean =>
  (volume.spec?.volumeAttributesClassName ?? '') === (claim.spec?.volumeAttributesClassName ?? '');

const offersModes = (volume: KubeObject, claim: KubeObject): boolean =>
  (claim.spec?.accessModes ?? []).every((mode: string) => volume.spec?.accessModes?.includes(mode));

const requestOf = (claim: KubeObject): string => claim.spec?.resources?.requests?.storage ?? '0';
const capacityOf = (volume: KubeObject): string => volume.spec?.capacity?.storage ?? '0';

/** Why a volume that a claim asks for by name does not do. Models CheckVolumeSatisfyClaim. */
export function mismatch(volume: KubeObject, claim: KubeObject): string | undefined {
  if (compareQuantity(capacityOf(volume), requestOf(claim)) < 0) return 'requested PV is too small';
  if (storageClassOf(volume) !== storageClassOf(claim)) return 'storageClassName does not match';
  if (!sameAttributes(volume, claim)) return 'volumeAttributesClassName does not match';
  if (!sameVolumeMode(volume, claim)) return 'incompatible volumeMode';
  if (!offersModes(volume, claim)) return 'incompatible accessMode';
  return undefined;
}

export interface MatchOptions {
  /** Only volumes that name the claim: the scheduler chooses among the others. */
  delayed: boolean;
  /** Whether a volume can be reached from the node that is looked at. */
  fitsNode?: (volume: KubeObject) => boolean;
  /** Volumes that are spoken for. */
  taken?: ReadonlySet<string>;
}

/** The smallest volume that does, one that names the claim first. Models FindMatchingVolume. */
export function findMatchingVolume(view: View, claim: KubeObject, { delayed, fitsNode, taken }: MatchOptions): KubeObject | undefined {
  const fits = (volume: KubeObject): boolean =>
    !volume.metadata.deletionTimestamp &&
    !taken?.has(volume.metadata.name as string) &&
    compareQuantity(capacityOf(volume), requestOf(claim)) >= 0 &&
    sameVolumeMode(volume, claim) &&
    (fitsNode?.(volume) ?? true);
  const named = view.indexed(VOLUME_RESOURCE, 'claim', `${claim.metadata.namespace}/${claim.metadata.name}`);
  const reserved = named.find((volume) => isBoundTo(volume, claim) && fits(volume));
  if (reserved || (delayed && !fitsNode)) return reserved;
  let best: KubeObject | undefined;
  for (const volume of view.indexed(VOLUME_RESOURCE, 'unclaimed', storageClassOf(claim))) {
    if (volume.status?.phase !== 'Available' || !fits(volume) || !offersModes(volume, claim) || !sameAttributes(volume, claim)) continue;
    if (claim.spec?.selector && !selectorMatches(claim.spec.selector, volume.metadata.labels)) continue;
    if (!best || compareQuantity(capacityOf(volume), capacityOf(best)) < 0) best = volume;
  }
  return best;
}

/** How a volume points at its claim. */
export const claimReference = ({ metadata }: KubeObject) => ({
  kind: 'PersistentVolumeClaim',
  namespace: metadata.namespace,
  name: metadata.name,
  uid: metadata.uid,
  apiVersion: 'v1',
  resourceVersion: metadata.resourceVersion,
});

/** Names of the claims that a pod's volumes need: those it names, and those made for its ephemeral volumes. */
export function claimNamesOf(pod: KubeObject): string[] {
  const names: string[] = [];
  for (const volume of pod.spec?.volumes ?? []) {
    if (volume.persistentVolumeClaim) names.push(volume.persistentVolumeClaim.claimName);
    else if (volume.ephemeral) names.push(`${pod.metadata.name}-${volume.name}`);
  }
  return names;
}
