import { splitKey } from '../../core/key.ts';
import { selectorMatches } from '../../kinds/rules/selector.ts';
import { controllerRef, mapped, owned, type Watch } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { CLAIMS, CONTROLLER_REVISIONS, PODS, type Pod, STATEFUL_SETS, type StatefulSet } from '../shared/objects.ts';
import { ownPods, selfButOwnReports } from '../shared/watches.ts';
import { isMember, parentAndOrdinal } from './identity.ts';

export const COMPONENT = 'statefulset-controller';
const RESOURCE = resourceOf(STATEFUL_SETS);

const keyIn = (namespace: string, name: string): string => `${RESOURCE}/${namespace}/${name}`;

/** A pod without a controller may be taken by the set that its name spells. */
const orphans: Watch = mapped(PODS, (event, view) => {
  const pod = event.stored.object;
  const before = event.previous?.object;
  if (event.type === 'DELETED' || controllerRef(pod) || !pod.metadata.labels) return [];
  if (before && before.metadata.labels === pod.metadata.labels && before.metadata.ownerReferences === pod.metadata.ownerReferences) return [];
  const { namespace, name } = splitKey(event.key);
  const parent = parentAndOrdinal(name)?.parent;
  const set = parent === undefined ? undefined : (view.get(keyIn(namespace, parent)) as unknown as StatefulSet | undefined);
  return set && isMember(set, pod as unknown as Pod) && selectorMatches(set.spec.selector, pod.metadata.labels)
    ? [keyIn(namespace, set.metadata.name)]
    : [];
});

/** A claim that is gone for good may be what a pod waits for. */
const goneClaims: Watch = mapped(CLAIMS, (event, view) => {
  if (event.type !== 'DELETED') return [];
  const { namespace, name } = splitKey(event.key);
  const rest = parentAndOrdinal(name)?.parent;
  if (rest === undefined) return [];
  return view
    .list(RESOURCE, namespace)
    .filter((set) => rest.endsWith(`-${set.metadata.name}`))
    .map((set) => keyIn(namespace, set.metadata.name as string));
});

export const watches: readonly Watch[] = [
  selfButOwnReports(STATEFUL_SETS, COMPONENT),
  ownPods(STATEFUL_SETS),
  orphans,
  goneClaims,
  // Somebody else's change of history only: the set's own follows from itself.
  mapped(CONTROLLER_REVISIONS, (event, view, registry) =>
    event.type === 'DELETED' && event.actor !== COMPONENT ? owned(CONTROLLER_REVISIONS, STATEFUL_SETS).keys(event, view, registry) : [],
  ),
];
