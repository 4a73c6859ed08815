import type { Instant } from '../../core/instant.ts';
import type { Job, Pod } from '../shared/objects.ts';
import { resumesAt } from './backoff.ts';
import { judge } from './failure-policy.ts';
import { type Intervals, includes, parseIntervals, withIndexes } from './intervals.ts';
import { completionIndex, finishedAt, isPodFailed, isTracked, isValidIndex } from './pods.ts';

// Models the backoffLimitPerIndex parts of pkg/controller/job/indexed_job_utils.go.
export const INDEX_FAILURES = 'batch.kubernetes.io/job-index-failure-count';
export const INDEX_IGNORED_FAILURES = 'batch.kubernetes.io/job-index-ignored-failure-count';

function count(pod: Pod, annotation: string): number {
  const { annotations } = pod.metadata;
  const text = annotations && Object.hasOwn(annotations, annotation) ? (annotations[annotation] as string) : '';
  return /^\d{1,10}$/.test(text) && Number(text) <= 0x7fff_ffff ? Number(text) : 0;
}

const absoluteFailures = (pod: Pod): number => count(pod, INDEX_FAILURES) + count(pod, INDEX_IGNORED_FAILURES);

function isIndexFailed(job: Job, pod: Pod): boolean {
  if (!isPodFailed(job, pod)) return false;
  const { counts, action } = judge(job.spec.podFailurePolicy, pod);
  return action === 'FailIndex' || (counts && count(pod, INDEX_FAILURES) >= (job.spec.backoffLimitPerIndex as number));
}

export function failedIndexes(job: Job, pods: readonly Pod[]): Intervals {
  const known = parseIntervals(job.status?.failedIndexes ?? '', job.spec.completions ?? 0);
  const fresh = pods.filter((pod) => isValidIndex(job, completionIndex(pod)) && isTracked(pod) && isIndexFailed(job, pod));
  return withIndexes(known, fresh.map(completionIndex));
}

/** The last failed pod of each index that still waits for its replacement, which takes over its count of failures. */
export function awaitingReplacement(
  job: Job,
  pods: readonly Pod[],
  { succeeded, failed, active }: { succeeded: Intervals; failed: Intervals; active: ReadonlySet<number> },
): Map<number, Pod> {
  const waiting = new Map<number, Pod>();
  for (const pod of pods) {
    const index = completionIndex(pod);
    if (!isTracked(pod) || !isValidIndex(job, index) || !isPodFailed(job, pod)) continue;
    if (includes(succeeded, index) || includes(failed, index) || active.has(index)) continue;
    const known = waiting.get(index);
    if (!known || (absoluteFailures(known) <= absoluteFailures(pod) && finishedAt(pod) >= finishedAt(known))) waiting.set(index, pod);
  }
  return waiting;
}

/** What the next pod of an index is told about those before it. */
export function failureAnnotations(job: Job, replaced: Pod | undefined): Record<string, string> {
  if (!replaced) return { [INDEX_FAILURES]: '0' };
  const { counts } = judge(job.spec.podFailurePolicy, replaced);
  const ignored = count(replaced, INDEX_IGNORED_FAILURES) + (counts ? 0 : 1);
  return {
    [INDEX_FAILURES]: String(count(replaced, INDEX_FAILURES) + (counts ? 1 : 0)),
    ...(ignored > 0 ? { [INDEX_IGNORED_FAILURES]: String(ignored) } : {}),
  };
}

/** From when on an index may get its next pod; undefined for at once. */
export const indexResumesAt = (replaced: Pod | undefined, now: Instant): Instant | undefined =>
  replaced && resumesAt({ failures: absoluteFailures(replaced) + 1, lastFailureAt: finishedAt(replaced) }, now);
