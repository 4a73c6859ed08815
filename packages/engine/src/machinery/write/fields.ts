import { definition } from '@vivakube/schema';
import { toRfc3339 } from '../../core/instant.ts';
import type { KubeObject, ManagedFieldsEntry } from '../../core/object.ts';
import { apiVersionOf, type KindDefinition } from '../kind.ts';
import type { WriteContext } from '../machine.ts';
import { trackUpdate } from '../managed/update.ts';

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
): ManagedFieldsEntry[] | undefined => track(context, kind, object, old, subresource);

function track({ txn, manager }: WriteContext, kind: KindDefinition, object: KubeObject, old: KubeObject | undefined, subresource: string) {
  return trackUpdate({
    old,
    new: object,
    manager,
    operation: 'Update',
    apiVersion: apiVersionOf(kind),
    time: toRfc3339(txn.now),
    subresource,
    definition: kind.definition ?? definition(kind.schema),
  });
}
