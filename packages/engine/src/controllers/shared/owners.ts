import type { OwnerReference } from '../../core/object.ts';
import { apiVersionOf } from '../../machinery/kind.ts';
import type { KindName, Live } from './objects.ts';

type Owned = Live<{ apiVersion: string; kind: string; metadata: object }>;

/** Models metav1.NewControllerRef. */
export const newControllerRef = (owner: Owned, kind: KindName): OwnerReference => ({
  apiVersion: apiVersionOf(kind),
  kind: kind.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
});

export const controllerOf = (object: Owned): OwnerReference | undefined => object.metadata.ownerReferences?.find((ref) => ref.controller === true);

export function withOwner<T extends Owned>(object: T, ref: OwnerReference): T {
  return { ...object, metadata: { ...object.metadata, ownerReferences: [...(object.metadata.ownerReferences ?? []), ref] } };
}

/** Without every reference to the uid, and without an empty list. */
export function withoutOwner<T extends Owned>(object: T, uid: string): T {
  const { ownerReferences, ...metadata } = object.metadata;
  const left = (ownerReferences ?? []).filter((ref) => ref.uid !== uid);
  return { ...object, metadata: left.length > 0 ? { ...metadata, ownerReferences: left } : metadata };
}
