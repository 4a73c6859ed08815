import { splitKey } from '../../core/key.ts';
import { selectorMatches } from '../../kinds/rules/selector.ts';
import { controllerRef, mapped, owned, self, type Watch } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { DEPLOYMENTS, REPLICA_SETS } from '../shared/objects.ts';

const RESOURCE = resourceOf(DEPLOYMENTS);

const keyIn = (namespace: string, name: string | undefined): string => `${RESOURCE}/${namespace}/${name}`;

/** A set without a controller may be adopted by whoever selects it. */
const orphanSets: Watch = mapped(REPLICA_SETS, (event, view) => {
  const set = event.stored.object;
  const before = event.previous?.object;
  if (event.type === 'DELETED' || controllerRef(set) || !set.metadata.labels) return [];
  if (before && before.metadata.labels === set.metadata.labels && before.metadata.ownerReferences === set.metadata.ownerReferences) return [];
  const { namespace } = splitKey(event.key);
  return view
    .list(RESOURCE, namespace)
    .filter((deployment) => selectorMatches(deployment.spec.selector, set.metadata.labels))
    .map((deployment) => keyIn(namespace, deployment.metadata.name));
});

/** Recreate learns that old pods are gone from its sets' terminatingReplicas. */
export const watches: readonly Watch[] = [self(DEPLOYMENTS), owned(REPLICA_SETS, DEPLOYMENTS), orphanSets];
