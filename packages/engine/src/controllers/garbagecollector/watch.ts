import type { ClusterEvent } from '../../core/event.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import type { Watch } from '../../machinery/controller.ts';
import type { Registry } from '../../machinery/registry.ts';
import { FOREGROUND, hasFinalizer, isDeleting, isDeletingDependents, isOutOfReach, ORPHAN, ownerKey, standingOf } from './owners.ts';

/** Marks the key of an object whose owners are looked at for the first time. */
export const NEWCOMER = 'new:';

/** Owners of an object that wait for their dependents. */
function* waitingOwners(view: View, registry: Registry, dependent: KubeObject): Generator<string> {
  for (const ref of dependent.metadata.ownerReferences ?? []) {
    const key = ownerKey(registry, dependent, ref);
    const owner = key === undefined ? undefined : view.get(key);
    if (owner && owner.metadata.uid === ref.uid && isDeletingDependents(owner)) yield key as string;
  }
}

function* afterOwnersChanged({ key, stored }: ClusterEvent, view: View, registry: Registry): Generator<string> {
  const references = stored.object.metadata.ownerReferences ?? [];
  const standings = references.map((ref) => standingOf(view, registry, stored.object, ref));
  const isNewcomer = standings.includes('dangling') || references.some((ref) => isOutOfReach(registry, stored.object, ref));
  if (isNewcomer) yield NEWCOMER + key;
  else if (standings.includes('waiting')) yield key;
}

const NOBODY: readonly string[] = [];

/** Almost all events name no one, and finding that out costs no look-up. */
function concerned(event: ClusterEvent, view: View, registry: Registry): Iterable<string> {
  if (event.type === 'ADDED' && !event.stored.isOwned) return NOBODY;
  const { metadata } = event.stored.object;
  const before = event.previous?.object.metadata;
  if (event.type === 'MODIFIED' && before?.ownerReferences === metadata.ownerReferences && !metadata.deletionTimestamp) return NOBODY;
  return affected(event, view, registry);
}

function* affected(event: ClusterEvent, view: View, registry: Registry): Generator<string> {
  const { object } = event.stored;
  const before = event.previous?.object;
  if (event.type === 'DELETED') {
    yield* view.dependents(object.metadata.uid as string);
    yield* waitingOwners(view, registry, object);
    return;
  }
  if (isDeleting(object)) {
    if (hasFinalizer(object, ORPHAN) || hasFinalizer(object, FOREGROUND)) yield event.key;
    if (isDeletingDependents(object) && !(before && isDeletingDependents(before))) yield* view.dependents(object.metadata.uid as string);
  }
  if (before?.metadata.ownerReferences === object.metadata.ownerReferences) return;
  yield* afterOwnersChanged(event, view, registry);
  if (before) yield* waitingOwners(view, registry, before);
}

/** Looks at every resource. */
export const everything: Watch = { resource: '*', keys: concerned };
