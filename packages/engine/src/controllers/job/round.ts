import type { JobCondition, JobStatus } from '@vivakube/schema/types/batch.v1';
import type { Instant } from '../../core/instant.ts';
import type { View } from '../../core/txn.ts';
import type { Job, Pod } from '../shared/objects.ts';
import { isPodActive, isPodReady, isPodTerminating } from '../shared/pods.ts';
import { type BackoffRecord, NO_FAILURES, nextRecord } from './backoff.ts';
import { judge } from './failure-policy.ts';
import { countOf, type Intervals, parseIntervals, withIndexes } from './intervals.ts';
import { awaitingReplacement, failedIndexes } from './per-index.ts';
import { completionIndex, hasLimitPerIndex, isIndexed, isPodFailed, isTracked, isValidIndex } from './pods.ts';

/** What one sync of a Job knows, and what it decides on its way. Models syncJobCtx in pkg/controller/job. */
export interface Round {
  /** As it was read; `status` is what it becomes. */
  readonly job: Job;
  status: JobStatus & { uncountedTerminatedPods: { succeeded?: string[]; failed?: string[] }; conditions: JobCondition[] };
  readonly pods: readonly Pod[];
  readonly activePods: readonly Pod[];
  readonly activeIndexes: ReadonlySet<number>;
  active: number;
  ready: number;
  terminating: number;
  succeeded: number;
  failed: number;
  backoff: BackoffRecord;
  /** Why the Job ends, once it does. */
  finished: JobCondition | undefined;
  /** Of an Indexed Job: those that status names already, and all. */
  countedIndexes: Intervals;
  succeededIndexes: Intervals;
  failedIndexes: Intervals | undefined;
  awaiting: ReadonlyMap<number, Pod>;
  /** The next instant at which something is due. */
  next: Instant | undefined;
  /** Whether status has to be written for the sake of more than pods. */
  statusChanged: boolean;
}

export const backoffKey = (job: Job): string => `job-backoff/${job.metadata.uid}`;

/** Tracked pods of a valid index that status does not list as uncounted. Models getValidPodsWithFilter. */
function newlyFinished(job: Job, pods: readonly Pod[], uncounted: readonly string[], is: (pod: Pod) => boolean): Pod[] {
  return pods.filter(
    (pod) => isTracked(pod) && !uncounted.includes(pod.metadata.uid) && (!isIndexed(job) || isValidIndex(job, completionIndex(pod))) && is(pod),
  );
}

const indexesOf = (pods: readonly Pod[]): ReadonlySet<number> => new Set(pods.map(completionIndex).filter((index) => index >= 0));

function indexFigures(job: Job, pods: readonly Pod[], activeIndexes: ReadonlySet<number>) {
  if (!isIndexed(job)) return { countedIndexes: [], succeededIndexes: [], failedIndexes: undefined, awaiting: new Map<number, Pod>() };
  const countedIndexes = parseIntervals(job.status?.completedIndexes ?? '', job.spec.completions ?? 0);
  const fresh = pods.filter((pod) => pod.status?.phase === 'Succeeded' && isTracked(pod) && isValidIndex(job, completionIndex(pod)));
  const succeededIndexes = withIndexes(countedIndexes, fresh.map(completionIndex));
  if (!hasLimitPerIndex(job)) return { countedIndexes, succeededIndexes, failedIndexes: undefined, awaiting: new Map<number, Pod>() };
  const failed = failedIndexes(job, pods);
  const awaiting = awaitingReplacement(job, pods, { succeeded: succeededIndexes, failed, active: activeIndexes });
  return { countedIndexes, succeededIndexes, failedIndexes: failed, awaiting };
}

export function openRound(view: View, job: Job, pods: readonly Pod[]): Round {
  const known = job.status ?? {};
  const { succeeded: uncountedSucceeded = [], failed: uncountedFailed = [] } = known.uncountedTerminatedPods ?? {};
  const activePods = pods.filter(isPodActive);
  const activeIndexes = indexesOf(activePods);
  const succeededPods = newlyFinished(job, pods, uncountedSucceeded, (pod) => pod.status?.phase === 'Succeeded');
  const failedPods = newlyFinished(job, pods, uncountedFailed, (pod) => isPodFailed(job, pod));
  const counting = failedPods.filter((pod) => judge(job.spec.podFailurePolicy, pod).counts);
  const figures = indexFigures(job, pods, activeIndexes);
  return {
    job,
    status: {
      ...known,
      conditions: [...(known.conditions ?? [])],
      uncountedTerminatedPods: { succeeded: [...uncountedSucceeded], failed: [...uncountedFailed] },
    },
    pods,
    activePods,
    activeIndexes,
    active: activePods.length,
    ready: activePods.filter(isPodReady).length,
    terminating: pods.filter(isPodTerminating).length,
    succeeded: isIndexed(job) ? countOf(figures.succeededIndexes) : (known.succeeded ?? 0) + succeededPods.length + uncountedSucceeded.length,
    failed: (known.failed ?? 0) + counting.length + uncountedFailed.length,
    backoff: nextRecord(view.runtime<BackoffRecord>(backoffKey(job)) ?? NO_FAILURES, succeededPods, failedPods),
    finished: undefined,
    ...figures,
    next: undefined,
    statusChanged: false,
  };
}
