import { objectKey, type ResourceName } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { type KindDefinition, resourceOf } from '../../machinery/kind.ts';
import { ApiError } from '../../machinery/status.ts';

/** What is left of a resource in a namespace. */
export interface Remaining {
  resource: string;
  group: string;
  count: number;
  finalizers: readonly string[];
}

export interface Sweep {
  remaining: Remaining[];
  failures: string[];
}

const isDeletable = (kind: KindDefinition): boolean =>
  kind.scope === 'Namespaced' && (kind.verbs === undefined || (kind.verbs.includes('delete') && kind.verbs.includes('list')));

function sweepResource({ api, view }: Reconcile, resource: ResourceName, namespace: string, failures: string[]): KubeObject[] {
  for (const { metadata } of view.list(resource, namespace)) {
    if (metadata.deletionTimestamp) continue;
    try {
      api.delete(objectKey(resource, namespace, metadata.name as string), { propagationPolicy: 'Background' });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failures.push(error.message);
    }
  }
  return view.list(resource, namespace);
}

const remainingOf = ({ plural, group }: KindDefinition, left: readonly KubeObject[]): Remaining => ({
  resource: plural,
  group,
  count: left.length,
  finalizers: left.flatMap((object) => object.metadata.finalizers ?? []),
});

/** Deletes what a namespace holds; everything else waits for its pods. Models deleteAllContent in pkg/controller/namespace/deletion/namespaced_resources_deleter.go. */
export function sweep(context: Reconcile, namespace: string): Sweep {
  const kinds = new Map<ResourceName, KindDefinition>();
  for (const kind of context.registry.kinds) if (isDeletable(kind)) kinds.set(resourceOf(kind), kind);
  const failures: string[] = [];
  const remaining: Remaining[] = [];
  const run = (resource: ResourceName, kind: KindDefinition): void => {
    const left = sweepResource(context, resource, namespace, failures);
    if (left.length > 0) remaining.push(remainingOf(kind, left));
  };
  const pods = kinds.get('core/pods');
  if (pods) run('core/pods', pods);
  if (remaining.length === 0) for (const [resource, kind] of kinds) if (kind !== pods) run(resource, kind);
  return { remaining, failures };
}
