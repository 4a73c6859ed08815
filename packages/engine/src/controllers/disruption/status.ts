import { type Instant, parseRfc3339, toRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Pod } from '../shared/objects.ts';
import { isPodReady } from '../shared/pods.ts';

/** Models DeletionTimeout of pkg/controller/disruption: how long an eviction may take to be seen. */
export const DELETION_TIMEOUT_MS = 120_000;

export interface Disrupted {
  /** Evicted pods that are still there, with the time of their eviction. */
  pods: Map<string, string>;
  /** Pods that should have gone and did not. */
  overdue: Pod[];
  /** When the next of them is overdue. */
  recheckAt?: Instant;
}

/** Models buildDisruptedPodMap. */
export function disruptedPods(budget: KubeObject, pods: readonly Pod[], now: Instant): Disrupted {
  const known = new Map<string, string>(Object.entries(budget.status?.disruptedPods ?? {}));
  const result: Disrupted = { pods: new Map(), overdue: [] };
  if (known.size === 0) return result;
  for (const pod of pods) {
    const time = known.get(pod.metadata.name);
    if (pod.metadata.deletionTimestamp !== undefined || time === undefined) continue;
    const overdueAt = (parseRfc3339(time) ?? 0) + DELETION_TIMEOUT_MS;
    if (overdueAt < now) {
      result.overdue.push(pod);
      continue;
    }
    result.pods.set(pod.metadata.name, time);
    result.recheckAt = Math.min(result.recheckAt ?? Number.POSITIVE_INFINITY, overdueAt + 1);
  }
  return result;
}

export const countHealthy = (pods: readonly Pod[], disrupted: ReadonlyMap<string, string>): number =>
  pods.filter((pod) => pod.metadata.deletionTimestamp === undefined && !disrupted.has(pod.metadata.name) && isPodReady(pod)).length;

interface Condition {
  type: string;
  status: 'True' | 'False';
  observedGeneration?: number;
  lastTransitionTime: string;
  reason: string;
  message: string;
}

/** Models meta.SetStatusCondition. */
export function withDisruptionAllowed(
  conditions: Condition[] | undefined,
  wanted: Omit<Condition, 'type' | 'lastTransitionTime'>,
  now: Instant,
): Condition[] {
  const known = conditions?.find(({ type }) => type === 'DisruptionAllowed');
  const lastTransitionTime = known && known.status === wanted.status ? known.lastTransitionTime : toRfc3339(now);
  const { observedGeneration, ...rest } = wanted;
  const fresh: Condition = { type: 'DisruptionAllowed', lastTransitionTime, ...rest, ...(observedGeneration ? { observedGeneration } : {}) };
  return known ? (conditions ?? []).map((each) => (each === known ? fresh : each)) : [...(conditions ?? []), fresh];
}

export interface Counts {
  currentHealthy: number;
  desiredHealthy: number;
  expectedPods: number;
}

/** Models updatePdbStatus. */
export function budgetStatus(budget: KubeObject, counts: Counts, disrupted: ReadonlyMap<string, string>, now: Instant): KubeObject['status'] {
  const spare = counts.currentHealthy - counts.desiredHealthy;
  const disruptionsAllowed = counts.expectedPods <= 0 || spare <= 0 ? 0 : spare;
  const observedGeneration = budget.metadata.generation ?? 0;
  const allowed = disruptionsAllowed > 0;
  const condition = {
    status: allowed ? 'True' : 'False',
    reason: allowed ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration,
  } as const;
  return {
    observedGeneration,
    ...(disrupted.size > 0 ? { disruptedPods: Object.fromEntries(disrupted) } : {}),
    disruptionsAllowed,
    ...counts,
    conditions: withDisruptionAllowed(budget.status?.conditions, condition, now),
  };
}
