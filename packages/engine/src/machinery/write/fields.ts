import { definition } from '@vivakube/schema';
import { toRfc3339 } from '../../core/instant.ts';
import type { KubeObject, ManagedFieldsEntry } from '../../core/object.ts';
import { apiVersionOf, type KindDefinition } from '../kind.ts';
import type { WriteContext } from '../machine.ts';
import type { FieldSet } from '../managed/fieldSet.ts';
import { RESET_SPEC, RESET_STATUS, trackUpdate } from '../managed/index.ts';

/** Doors that write past the field managers. Models assignPod in pkg/registry/core/pod/storage/storage.go. */
const UNTRACKED: readonly string[] = ['binding'];

/** managedFields of a new object. */
export const trackCreate = (context: WriteContext, kind: KindDefinition, object: KubeObject): ManagedFieldsEntry[] | undefined =>
  track(context, kind, object, undefined, '');

/** managedFields after a write through a subresource ('' for the object itself). */
export const trackUpdated = (
  context: WriteContext,
  kind: KindDefinition,
  object: KubeObject,
  old: KubeObject,
  subresource: string,
): ManagedFieldsEntry[] | undefined =>
  UNTRACKED.includes(subresource) ? old.metadata.managedFields : track(context, kind, object, old, subresource);

function track({ txn, manager }: WriteContext, kind: KindDefinition, object: KubeObject, old: KubeObject | undefined, subresource: string) {
  return trackUpdate({
    old,
    new: object,
    manager,
    apiVersion: apiVersionOf(kind),
    time: toRfc3339(txn.now),
    subresource,
    definition: kind.definition ?? definition(kind.schema),
    ...resetBy(kind, subresource),
  });
}

/** What a write through this door cannot change: status for the object itself, everything else for its status. */
export function resetBy(kind: KindDefinition, subresource: string): { resetFields?: FieldSet } {
  if (subresource === 'status') return { resetFields: RESET_SPEC };
  return kind.subresources?.status ? { resetFields: RESET_STATUS } : {};
}

/** Where nobody owns anything there is no list of owners. */
export function keepManagedFields({ metadata }: KubeObject, entries: ManagedFieldsEntry[] | undefined): void {
  if (entries !== undefined && entries.length > 0) metadata.managedFields = entries;
  else delete metadata.managedFields;
}
