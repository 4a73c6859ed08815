import { BURST_REPLICAS } from '../../core/limits.ts';
import type { KubeObject } from '../../core/object.ts';
import { taskOf, turnMs } from '../../core/run-name.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import type { ApiError } from '../../machinery/status.ts';
import type { Pod } from '../shared/objects.ts';
import { createPodOf, deletePodOf } from '../shared/podcontrol.ts';
import { isPodReady, isPodTerminating } from '../shared/pods.ts';
import { slowStart } from '../shared/slowstart.ts';
import { earliest } from '../shared/time.ts';
import { resumesAt } from './backoff.ts';
import { firstFree, merge, withIndexes } from './intervals.ts';
import { indexResumesAt } from './per-index.ts';
import { completionIndex, hasLimitPerIndex, isIndexed, isSuspended, replacesOnlyFailed } from './pods.ts';
import { podsForRemoval } from './removal.ts';
import type { Round } from './round.ts';
import { podOf } from './template.ts';
import { untrack } from './untrack.ts';

// Models manageJob in pkg/controller/job/job_controller.go. A back-off does not hide the pods that are active meanwhile.

type Refusal = ApiError | undefined;

/** Deletes pods that are not to be counted. Models deleteJobPods. */
function remove(context: Reconcile, round: Round, pods: readonly Pod[]): Refusal {
  let first: Refusal;
  for (const [nth, pod] of pods.entries()) {
    untrack(context, pod);
    const refused = deletePodOf(context, round.job as KubeObject, pod, nth);
    first ??= refused;
    if (isPodReady(pod)) round.ready--;
    if (refused) continue;
    round.active--;
    round.terminating++;
  }
  return first;
}

/** Deletes pods of a Job that ends; they stay tracked until they are counted. Models deleteActivePods. */
export function removeActive(context: Reconcile, round: Round): Refusal {
  let first: Refusal;
  for (const [nth, pod] of round.activePods.entries()) {
    const refused = deletePodOf(context, round.job as KubeObject, pod, nth);
    first ??= refused;
    if (isPodReady(pod)) round.ready--;
    if (refused) continue;
    round.active--;
    round.terminating++;
  }
  return first;
}

function wantedActive({ job, succeeded, active }: Round): number {
  const { completions, parallelism = 1 } = job.spec;
  if (completions === undefined) return succeeded > 0 ? active : parallelism;
  return Math.max(0, Math.min(parallelism, completions - succeeded));
}

/** Indexes whose turn it is, without those that are still backing off. */
function indexesToStart(round: Round, count: number, now: number): number[] {
  const { job, pods, succeededIndexes, failedIndexes, activeIndexes, awaiting } = round;
  let taken = withIndexes(succeededIndexes, activeIndexes);
  if (replacesOnlyFailed(job))
    taken = withIndexes(
      taken,
      pods
        .filter(isPodTerminating)
        .map(completionIndex)
        .filter((index) => index >= 0),
    );
  if (failedIndexes) taken = merge(taken, failedIndexes);
  const free = firstFree(taken, count, job.spec.completions ?? 0);
  if (!hasLimitPerIndex(job)) return free;
  const waits = free.map((index) => indexResumesAt(awaiting.get(index), now));
  round.next = earliest(round.next, ...waits);
  return free.filter((_, i) => waits[i] === undefined);
}

function create(context: Reconcile, round: Round, missing: number): Refusal {
  const { job, awaiting } = round;
  const limited = Math.min(missing, BURST_REPLICAS);
  const indexes = isIndexed(job) ? indexesToStart(round, limited, context.now) : undefined;
  return slowStart(indexes ? indexes.length : limited, (nth) => {
    const index = indexes?.[nth];
    const refused = createPodOf(context, job as KubeObject, podOf(job, index, index === undefined ? undefined : awaiting.get(index)), nth);
    if (!refused) round.active++;
    return refused;
  });
}

/** Times of pods are told in whole seconds; runs of CronJobs go on in the turn that they began in. */
function lateMs({ view }: Reconcile, { metadata }: Round['job']): number {
  const task = view.settings.timing === 'instant' ? undefined : taskOf(metadata.name as string);
  return task === undefined ? 0 : turnMs(`${metadata.namespace}/${task}`);
}

/** Makes what is missing or removes what is too much. */
export function manage(context: Reconcile, round: Round): Refusal {
  const { job, activePods } = round;
  if (isSuspended(job)) return remove(context, round, podsForRemoval(job, activePods, activePods.length, context.now));
  const wanted = wantedActive(round);
  const excess = podsForRemoval(job, activePods, Math.max(0, round.active - wanted), context.now).slice(0, BURST_REPLICAS);
  if (excess.length > 0) return remove(context, round, excess);
  const missing = wanted - round.active - (replacesOnlyFailed(job) ? round.terminating : 0);
  if (missing <= 0) return undefined;
  const waitUntil = hasLimitPerIndex(job) ? undefined : resumesAt(round.backoff, context.now, lateMs(context, job));
  if (waitUntil === undefined) return create(context, round, missing);
  round.next = earliest(round.next, waitUntil);
  return undefined;
}
