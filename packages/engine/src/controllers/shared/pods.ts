import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import type { Pod } from './objects.ts';

// Models pkg/api/v1/pod/util.go and the pod filters of pkg/controller/controller_utils.go.

export const podCondition = (pod: Pod, type: string) => pod.status?.conditions?.find((condition) => condition.type === type);

export const isPodReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True';

const isFinished = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Neither finished nor being deleted: counts as a replica. */
export const isPodActive = (pod: Pod): boolean => !isFinished(pod) && pod.metadata.deletionTimestamp === undefined;

export const isPodTerminating = (pod: Pod): boolean => !isFinished(pod) && pod.metadata.deletionTimestamp !== undefined;

/** When the pod became ready, if it is. */
export function readySince(pod: Pod): Instant | undefined {
  const condition = podCondition(pod, 'Ready');
  return condition?.status === 'True' && condition.lastTransitionTime ? parseRfc3339(condition.lastTransitionTime) : undefined;
}

/** The instant from which a ready pod counts as available. */
export function availableFrom(pod: Pod, minReadySeconds: number): Instant | undefined {
  if (!isPodReady(pod)) return undefined;
  if (minReadySeconds === 0) return Number.NEGATIVE_INFINITY;
  const since = readySince(pod);
  return since === undefined ? undefined : since + minReadySeconds * 1000;
}
