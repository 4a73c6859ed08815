import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import type { Job, Pod } from '../shared/objects.ts';
import { podCondition } from '../shared/pods.ts';

/** Keeps a pod until the Job has counted it. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
export const UNKNOWN_INDEX = -1;

export const isTracked = (pod: Pod): boolean => pod.metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;

export function withoutTracking(pod: Pod): Pod {
  const { finalizers = [], ...metadata } = pod.metadata;
  const others = finalizers.filter((finalizer) => finalizer !== TRACKING_FINALIZER);
  return { ...pod, metadata: others.length > 0 ? { ...metadata, finalizers: others } : metadata };
}

export const isIndexed = (job: Job): boolean => job.spec.completionMode === 'Indexed';
export const isSuspended = (job: Job): boolean => job.spec.suspend === true;
export const hasLimitPerIndex = (job: Job): boolean => job.spec.backoffLimitPerIndex !== undefined;

/** Whether a pod that terminates is replaced only when it has failed for good. */
export const replacesOnlyFailed = (job: Job): boolean => job.spec.podReplacementPolicy === 'Failed' || job.spec.podFailurePolicy !== undefined;

export function completionIndex(pod: Pod): number {
  const { annotations } = pod.metadata;
  const text = annotations && Object.hasOwn(annotations, COMPLETION_INDEX) ? (annotations[COMPLETION_INDEX] as string) : '';
  return /^\+?\d+$/.test(text) ? Number(text) : UNKNOWN_INDEX;
}

export const isValidIndex = (job: Job, index: number): boolean => index !== UNKNOWN_INDEX && index < (job.spec.completions ?? 0);

/** Models isPodFailed in pkg/controller/job: a deleted pod may never get as far as the Failed phase. */
export function isPodFailed(job: Job, pod: Pod): boolean {
  if (pod.status?.phase === 'Failed') return true;
  return !replacesOnlyFailed(job) && pod.metadata.deletionTimestamp !== undefined && pod.status?.phase !== 'Succeeded';
}

/** Undefined while one of them has not finished. */
function lastContainerFinish(pod: Pod): Instant | undefined {
  let last: Instant | undefined;
  for (const { state } of pod.status?.containerStatuses ?? []) {
    const at = parseRfc3339(state?.terminated?.finishedAt ?? '');
    if (at === undefined) return undefined;
    if (last === undefined || at > last) last = at;
  }
  return last;
}

/** Models getFinishedTime in pkg/controller/job/backoff_utils.go. */
export function finishedAt(pod: Pod): Instant {
  const byContainers = lastContainerFinish(pod);
  if (byContainers !== undefined) return byContainers;
  const ready = podCondition(pod, 'Ready');
  const unreadySince = ready?.status === 'False' ? parseRfc3339(ready.lastTransitionTime ?? '') : undefined;
  if (unreadySince !== undefined) return unreadySince;
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, creationTimestamp } = pod.metadata;
  if (deletionTimestamp) return (parseRfc3339(deletionTimestamp) as Instant) - deletionGracePeriodSeconds * 1000;
  return parseRfc3339(creationTimestamp) as Instant;
}
