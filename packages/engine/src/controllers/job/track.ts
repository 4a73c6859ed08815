import type { JobStatus } from '@vivakube/schema/types/batch.v1';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { COMPLETE, ensureCondition, FAILED, FAILURE_TARGET, newCondition, SUCCESS_CRITERIA_MET, trueCondition } from '../shared/job-conditions.ts';
import type { Job, Pod } from '../shared/objects.ts';
import { omitEmpty } from '../shared/omit.ts';
import { judge } from './failure-policy.ts';
import { countOf, includes, textOf, withIndexes } from './intervals.ts';
import { completionIndex, hasLimitPerIndex, isIndexed, isPodFailed, isTracked, isValidIndex } from './pods.ts';
import { backoffKey, type Round } from './round.ts';
import { untrack } from './untrack.ts';

// Models trackJobStatusAndRemoveFinalizers in pkg/controller/job/job_controller.go: finished pods are first listed in
// status.uncountedTerminatedPods, then let go of, then counted, so that none is ever counted twice.

/** Keeps the lists short. Models MaxUncountedPods. */
const UNCOUNTED_MAX = 500;

/** How status looks on the wire: zeros left out, except where a pointer says that they are known. */
function shown({ conditions, uncountedTerminatedPods, ready, terminating, failedIndexes, ...rest }: Round['status']): JobStatus {
  return {
    ...omitEmpty({ conditions, ...rest }),
    ...(terminating === undefined ? {} : { terminating }),
    ...(ready === undefined ? {} : { ready }),
    ...(failedIndexes === undefined ? {} : { failedIndexes }),
    uncountedTerminatedPods: omitEmpty(uncountedTerminatedPods),
  };
}

function flush({ api, view, key }: Reconcile, round: Round): void {
  const latest = view.get(key) as unknown as Job;
  api.updateStatus({ ...latest, status: shown(round.status) } as KubeObject);
}

/** Counts what was listed and is not held any more. Models cleanUncountedPodsWithoutFinalizers. */
function countUntracked({ status }: Round, tracked: ReadonlySet<string>): boolean {
  let changed = false;
  for (const outcome of ['succeeded', 'failed'] as const) {
    const listed = status.uncountedTerminatedPods[outcome] ?? [];
    const left = listed.filter((uid) => tracked.has(uid));
    if (left.length === listed.length) continue;
    status[outcome] = (status[outcome] ?? 0) + listed.length - left.length;
    status.uncountedTerminatedPods[outcome] = left;
    changed = true;
  }
  return changed;
}

/** Models canRemoveFinalizer. */
function canLetGo({ job, finished, awaiting }: Round, pod: Pod, failed: boolean): boolean {
  if (job.metadata.deletionTimestamp || finished || pod.status?.phase === 'Succeeded') return true;
  return failed && !(hasLimitPerIndex(job) && awaiting.get(completionIndex(pod))?.metadata.uid === pod.metadata.uid);
}

interface Listing {
  letGo: Pod[];
  newIndexes: number[];
  changed: boolean;
  full: boolean;
}

/** Lists one finished pod as uncounted, or its index as new. */
function list(round: Round, pod: Pod, failed: boolean, listing: Listing): void {
  const { job, status, finished, countedIndexes } = round;
  const { uid } = pod.metadata;
  const index = completionIndex(pod);
  const { succeeded = [], failed: failedUids = [] } = status.uncountedTerminatedPods;
  if (pod.status?.phase === 'Succeeded' && !failedUids.includes(uid)) {
    if (isIndexed(job)) {
      if (!isValidIndex(job, index) || includes(countedIndexes, index)) return;
      listing.newIndexes.push(index);
    } else {
      if (succeeded.includes(uid)) return;
      status.uncountedTerminatedPods.succeeded = [...succeeded, uid];
    }
    listing.changed = true;
    return;
  }
  // Once a Job has failed, every pod that has not finished has failed with it.
  if (!failed && (finished === undefined || finished.type === SUCCESS_CRITERIA_MET)) return;
  if (failedUids.includes(uid) || (isIndexed(job) && !isValidIndex(job, index)) || !judge(job.spec.podFailurePolicy, pod).counts) return;
  status.uncountedTerminatedPods.failed = [...failedUids, uid];
  listing.changed = true;
}

function listFinished(round: Round): Listing {
  const { job, pods, status } = round;
  const listing: Listing = { letGo: [], newIndexes: [], changed: false, full: false };
  const ordered = isIndexed(job) ? [...pods].sort((a, b) => completionIndex(a) - completionIndex(b)) : pods;
  for (const pod of ordered) {
    if (!isTracked(pod)) continue;
    const failed = isPodFailed(job, pod);
    if (!canLetGo(round, pod, failed)) continue;
    listing.letGo.push(pod);
    list(round, pod, failed, listing);
    const { succeeded = [], failed: failedUids = [] } = status.uncountedTerminatedPods;
    listing.full = listing.newIndexes.length + succeeded.length + failedUids.length >= UNCOUNTED_MAX;
    if (listing.full) break;
  }
  return listing;
}

function reportIndexes(round: Round, newIndexes: readonly number[]): boolean {
  const { status } = round;
  round.succeededIndexes = withIndexes(round.succeededIndexes, newIndexes);
  const completed = textOf(round.succeededIndexes);
  const failed = round.failedIndexes && textOf(round.failedIndexes);
  const changed = completed !== (status.completedIndexes ?? '') || failed !== status.failedIndexes;
  status.succeeded = countOf(round.succeededIndexes);
  status.completedIndexes = completed;
  if (failed === undefined) delete status.failedIndexes;
  else status.failedIndexes = failed;
  return changed;
}

/** The interim condition is written before pods are let go of; the final one waits until they are gone. */
function announce(round: Round, now: number): boolean {
  const { finished, status } = round;
  if (finished?.type === FAILURE_TARGET) {
    status.conditions.push(finished);
    round.finished = newCondition(FAILED, 'True', finished.reason ?? '', finished.message ?? '', now);
    return true;
  }
  if (finished?.type !== SUCCESS_CRITERIA_MET) return false;
  const known = trueCondition(status.conditions, SUCCESS_CRITERIA_MET) !== undefined;
  if (!known) status.conditions.push(finished);
  round.finished = newCondition(COMPLETE, 'True', finished.reason ?? '', finished.message ?? '', now);
  return !known;
}

/** Models enactJobFinished: whether the Job has finished now. */
function enact({ finished, status, terminating }: Round): boolean {
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods;
  if (!finished || succeeded.length + failed.length > 0 || terminating > 0) return false;
  status.conditions = [...ensureCondition(status.conditions, finished)];
  if (finished.type === COMPLETE) status.completionTime = finished.lastTransitionTime as string;
  return true;
}

/** Models recordJobFinished. */
function tell({ record, view, key }: Reconcile, { finished, job, status }: Round): void {
  const about = view.get(key) as KubeObject;
  if (finished?.type === FAILED) {
    record(about, 'Warning', finished.reason ?? '', finished.message ?? '');
    return;
  }
  if (job.spec.completions !== undefined && (status.succeeded ?? 0) > job.spec.completions) {
    record(about, 'Warning', 'TooManySucceededPods', 'Too many succeeded pods running after completion count reached');
  }
  record(about, 'Normal', 'Completed', 'Job completed');
}

export function track(context: Reconcile, round: Round): void {
  const tracked = new Set(round.pods.filter(isTracked).map((pod) => pod.metadata.uid));
  let changed = countUntracked(round, tracked) || round.statusChanged;
  const listing = listFinished(round);
  changed = listing.changed || changed;
  if (isIndexed(round.job)) changed = reportIndexes(round, listing.newIndexes) || changed;
  changed = announce(round, context.now) || changed;
  if (changed) {
    flush(context, round);
    context.api.setRuntime(backoffKey(round.job), round.backoff.failures > 0 ? round.backoff : undefined);
  }
  for (const pod of listing.letGo) {
    untrack(context, pod);
    tracked.delete(pod.metadata.uid);
  }
  const counted = countUntracked(round, tracked);
  const ended = !listing.full && enact(round);
  if (counted || ended) flush(context, round);
  if (ended) tell(context, round);
}
