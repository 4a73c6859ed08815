import type { Instant } from '../../core/instant.ts';
import type { Pod } from '../shared/objects.ts';
import { availableFrom, isPodReady } from '../shared/pods.ts';

export const isTerminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;
export const isRunningAndReady = (pod: Pod): boolean => pod.status?.phase === 'Running' && isPodReady(pod);
export const isFinished = (pod: Pod): boolean => pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';

export function isAvailable(pod: Pod, minReadySeconds: number, now: Instant): boolean {
  const from = availableFrom(pod, minReadySeconds);
  return from !== undefined && from <= now;
}

/** Models isUnavailable: what terminates counts, ready or not. */
export const isUnavailable = (pod: Pod, minReadySeconds: number, now: Instant): boolean =>
  isTerminating(pod) || !isAvailable(pod, minReadySeconds, now);
