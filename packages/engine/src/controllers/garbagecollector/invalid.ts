import type { KubeObject, OwnerReference } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { isOutOfReach, standingOf } from './owners.ts';

const describe = (ref: OwnerReference, namespace: string): string =>
  `[${ref.apiVersion}/${ref.kind}, namespace: ${namespace}, name: ${ref.name}, uid: ${ref.uid}]`;

/** An owner that lives, but in another namespace, does not count; its dependent is told why it goes. Models reportInvalidNamespaceOwnerRef in graph_builder.go. */
export function reportForeignOwners({ view, registry, record }: Reconcile, dependent: KubeObject): void {
  const namespace = dependent.metadata.namespace ?? '';
  for (const ref of dependent.metadata.ownerReferences ?? []) {
    const kind = registry.forKind(ref.apiVersion, ref.kind);
    if (!kind) continue;
    if (!isOutOfReach(registry, dependent, ref) && standingOf(view, registry, dependent, ref) !== 'dangling') continue;
    if (!view.list(resourceOf(kind)).some((owner) => owner.metadata.uid === ref.uid)) continue;
    record(dependent, 'Warning', 'OwnerRefInvalidNamespace', `ownerRef ${describe(ref, namespace)} does not exist in namespace "${namespace}"`);
  }
}
