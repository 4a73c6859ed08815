import type { Instant } from '../../core/instant.ts';
import type { Pod, StatefulSet } from '../shared/objects.ts';
import { isAvailable, isTerminating, isUnavailable } from './health.ts';
import { replicasOf, revisionOf } from './identity.ts';

// Models the update at the end of updateStatefulSet and updateStatefulSetAfterInvariantEstablished in pkg/controller/statefulset/stateful_set_control.go:
// v1.36 looks at maxUnavailable only where it is set.

/** At least one, percentages rounded down. */
export function maxUnavailable(set: StatefulSet): number {
  const wanted: number | string = set.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1;
  const count = typeof wanted === 'number' ? wanted : Math.floor((Number.parseInt(wanted, 10) * replicasOf(set)) / 100);
  return Math.max(1, count);
}

/** One at a time: the highest ordinal that is outdated, once all above it are available. */
function nextToUpdate(set: StatefulSet, replicas: readonly Pod[], updateRevision: string, now: Instant): Pod[] {
  const updateFrom = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  const next = replicas
    .slice(updateFrom)
    .reverse()
    .find((pod) => (revisionOf(pod) !== updateRevision && !isTerminating(pod)) || isUnavailable(pod, set.spec.minReadySeconds ?? 0, now));
  return next && revisionOf(next) !== updateRevision && !isTerminating(next) ? [next] : [];
}

/** The pods to delete so that they come back at the update revision, highest ordinal first. `replicas` are in the order of their ordinals. */
export function podsToUpdate(set: StatefulSet, replicas: readonly Pod[], updateRevision: string, now: Instant): Pod[] {
  if (set.spec.updateStrategy?.type === 'OnDelete') return [];
  if (set.spec.updateStrategy?.rollingUpdate?.maxUnavailable === undefined) return nextToUpdate(set, replicas, updateRevision, now);
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  const updateFrom = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  const unavailable = replicas.filter((pod) => isUnavailable(pod, minReadySeconds, now)).length;
  const budget = Math.max(0, maxUnavailable(set) - unavailable);
  const outdated = replicas.slice(updateFrom).filter((pod) => revisionOf(pod) !== updateRevision && !isTerminating(pod));
  const highestFirst = outdated.reverse();
  if (set.spec.podManagementPolicy !== 'Parallel') return highestFirst.slice(0, budget);
  // What serves nobody can be replaced at once; only the others count against the budget.
  const [useless, useful] = [false, true].map((wanted) => highestFirst.filter((pod) => isAvailable(pod, minReadySeconds, now) === wanted)) as [
    Pod[],
    Pod[],
  ];
  return [...useless, ...useful.slice(0, budget)];
}
