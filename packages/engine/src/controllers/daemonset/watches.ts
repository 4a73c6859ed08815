import type { ClusterEvent } from '../../core/event.ts';
import { splitKey } from '../../core/key.ts';
import { selectorMatches } from '../../kinds/rules/selector.ts';
import { semanticEqual } from '../../kinds/shared/equal.ts';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import { controllerRef, mapped, type Watch } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { DAEMON_SETS, type DaemonSet, NODES, PODS } from '../shared/objects.ts';
import { ownPods, selfButOwnReports } from '../shared/watches.ts';
import { eligibility } from './eligibility.ts';

export const COMPONENT = 'daemonset-controller';
const RESOURCE = resourceOf(DAEMON_SETS);

const keyOf = ({ metadata }: { metadata: { namespace?: string; name?: string } }): string => `${RESOURCE}/${metadata.namespace}/${metadata.name}`;

/** Models shouldIgnoreNodeUpdate: the rest of a node is none of a daemon's business. */
function isElsewhere({ type, stored, previous }: ClusterEvent): boolean {
  if (type !== 'MODIFIED' || !previous) return false;
  const [a, b] = [stored.object as NodeObject, previous.object as NodeObject];
  if (a.spec === b.spec && a.metadata.labels === b.metadata.labels) return true;
  return semanticEqual(a.metadata.labels, b.metadata.labels) && semanticEqual(a.spec?.taints, b.spec?.taints);
}

/** A node wakes the sets for which it makes a difference. */
const nodes: Watch = mapped(NODES, (event, view) => {
  if (isElsewhere(event)) return [];
  const before = event.previous?.object as NodeObject | undefined;
  const after = event.type === 'DELETED' ? undefined : (event.stored.object as NodeObject);
  const differs = (set: DaemonSet): boolean => {
    if (!before || !after) return true;
    const [a, b] = [eligibility(set, before), eligibility(set, after)];
    return a.shouldRun !== b.shouldRun || a.mayStay !== b.mayStay;
  };
  return view
    .list(RESOURCE)
    .filter((set) => differs(set as unknown as DaemonSet))
    .map(keyOf);
});

const orphans: Watch = mapped(PODS, (event, view) => {
  const pod = event.stored.object;
  const before = event.previous?.object;
  if (event.type === 'DELETED' || controllerRef(pod) || !pod.metadata.labels) return [];
  if (before && before.metadata.labels === pod.metadata.labels && before.metadata.ownerReferences === pod.metadata.ownerReferences) return [];
  const { namespace } = splitKey(event.key);
  return view
    .list(RESOURCE, namespace)
    .filter((set) => selectorMatches(set.spec.selector, pod.metadata.labels))
    .map(keyOf);
});

/** So that what was remembered about a set goes with it. */
const gone: Watch = mapped(DAEMON_SETS, (event) => (event.type === 'DELETED' ? [`gone|${event.stored.object.metadata.uid}`] : []));

export const watches: readonly Watch[] = [selfButOwnReports(DAEMON_SETS, COMPONENT), ownPods(DAEMON_SETS), orphans, nodes, gone];
