import type { ObjectKey } from '../../core/key.ts';
import type { KubeObject, OwnerReference } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { FOREGROUND, hasFinalizer, isDeletingDependents, ORPHAN, standingOf } from './owners.ts';

// Models attemptToDeleteItem, processDeletingDependentsItem and orphanDependents in pkg/controller/garbagecollector/garbagecollector.go.

function withReferences(object: KubeObject, ownerReferences: OwnerReference[]): KubeObject {
  const { ownerReferences: _before, ...metadata } = object.metadata;
  return { ...object, metadata: ownerReferences.length > 0 ? { ...metadata, ownerReferences } : metadata };
}

function withoutFinalizer(object: KubeObject, finalizer: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, finalizers: object.metadata.finalizers?.filter((f) => f !== finalizer) ?? [] } };
}

/** Lets the dependents live on without their owner, then lets the owner go. */
export function orphanDependents({ api, view }: Reconcile, key: ObjectKey): void {
  const { uid } = (view.get(key) as KubeObject).metadata;
  for (const dependentKey of view.dependents(uid as string)) {
    const dependent = view.get(dependentKey) as KubeObject;
    api.update(
      withReferences(
        dependent,
        (dependent.metadata.ownerReferences ?? []).filter((ref) => ref.uid !== uid),
      ),
    );
  }
  // Read again: an owner may be among its own dependents.
  api.update(withoutFinalizer(view.get(key) as KubeObject, ORPHAN));
}

/** Lets an owner go once no dependent holds it any more; dependents are woken by themselves. */
export function finishForeground({ api, view }: Reconcile, owner: KubeObject): void {
  const { uid } = owner.metadata;
  const held = view.dependents(uid as string).some((key) => {
    const dependent = view.get(key) as KubeObject;
    return dependent.metadata.uid !== uid && dependent.metadata.ownerReferences?.some((ref) => ref.uid === uid && ref.blockOwnerDeletion === true);
  });
  if (!held) api.update(withoutFinalizer(owner, FOREGROUND));
}

/** A dependent that is itself waited for by one of its owners closes a circle, which is cut by no longer blocking. */
function unblockCircle({ api, view }: Reconcile, object: KubeObject): void {
  const dependents = view.dependents(object.metadata.uid as string).map((key) => view.get(key) as KubeObject);
  if (!dependents.some(isDeletingDependents)) return;
  const refs = object.metadata.ownerReferences ?? [];
  if (refs.some((ref) => ref.blockOwnerDeletion))
    api.update(
      withReferences(
        object,
        refs.map((ref) => (ref.blockOwnerDeletion ? { ...ref, blockOwnerDeletion: false } : ref)),
      ),
    );
}

const propagationOf = (object: KubeObject): 'Orphan' | 'Foreground' | 'Background' =>
  hasFinalizer(object, ORPHAN) ? 'Orphan' : hasFinalizer(object, FOREGROUND) ? 'Foreground' : 'Background';

/** Deletes an object without a living owner; with one, only the dead references go. */
export function collect(context: Reconcile, key: ObjectKey, object: KubeObject): void {
  const { api, view, registry } = context;
  const refs = object.metadata.ownerReferences ?? [];
  const standings = refs.map((ref) => standingOf(view, registry, object, ref));
  if (refs.length === 0 || standings.every((standing) => standing === 'solid')) return;
  if (standings.includes('solid')) {
    api.update(
      withReferences(
        object,
        refs.filter((_, i) => standings[i] === 'solid'),
      ),
    );
    return;
  }
  if (standings.includes('waiting') && view.hasDependents(object.metadata.uid as string)) {
    unblockCircle(context, object);
    api.delete(key, { propagationPolicy: 'Foreground' });
    return;
  }
  api.delete(key, { propagationPolicy: propagationOf(object) });
}
