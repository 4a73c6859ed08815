import { type ObjectKey, objectKey, resourceName } from '../../core/key.ts';
import type { KubeObject, OwnerReference } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import type { Registry } from '../../machinery/registry.ts';

// Models classifyReferences and isDangling in pkg/controller/garbagecollector/garbagecollector.go.

export const ORPHAN = 'orphan';
export const FOREGROUND = 'foregroundDeletion';

export const isDeleting = (object: KubeObject): boolean => object.metadata.deletionTimestamp !== undefined;
export const hasFinalizer = (object: KubeObject, finalizer: string): boolean => object.metadata.finalizers?.includes(finalizer) ?? false;
export const isDeletingDependents = (object: KubeObject): boolean => isDeleting(object) && hasFinalizer(object, FOREGROUND);

/** Where the owner would be; undefined where the kind is unknown, or namespaced while the dependent is not: nobody can tell then. */
export function ownerKey(registry: Registry, dependent: KubeObject, ref: OwnerReference): ObjectKey | undefined {
  const kind = registry.forKind(ref.apiVersion, ref.kind);
  if (!kind) return undefined;
  const { namespace } = dependent.metadata;
  if (kind.scope === 'Namespaced' && !namespace) return undefined;
  return objectKey(resourceName(kind.group, kind.plural), kind.scope === 'Namespaced' ? namespace : '', ref.name);
}

/** An object without a namespace names an owner that has one: it is kept, because nobody can tell which is meant. */
export const isOutOfReach = (registry: Registry, dependent: KubeObject, ref: OwnerReference): boolean =>
  !dependent.metadata.namespace && registry.forKind(ref.apiVersion, ref.kind)?.scope === 'Namespaced';

/** `waiting`: the owner stays until its dependents are gone. */
export type Standing = 'solid' | 'waiting' | 'dangling';

export function standingOf(view: View, registry: Registry, dependent: KubeObject, ref: OwnerReference): Standing {
  const key = ownerKey(registry, dependent, ref);
  if (key === undefined) return 'solid';
  const owner = view.get(key);
  if (owner?.metadata.uid !== ref.uid) return 'dangling';
  return isDeletingDependents(owner) ? 'waiting' : 'solid';
}
