import type { Instant } from '../../core/instant.ts';
import type { Job, Pod } from '../shared/objects.ts';
import { podsToDelete } from '../shared/replicas/scaledown.ts';
import { completionIndex, isIndexed, isValidIndex } from './pods.ts';

/** Sorted out by index: what has none that is valid, and all but the best pod of each index. Models appendDuplicatedIndexPodsForRemoval. */
function superfluous(job: Job, pods: readonly Pod[], now: Instant): { remove: Pod[]; left: Pod[] } {
  const byIndex = new Map<number, Pod[]>();
  const remove: Pod[] = [];
  for (const pod of pods) {
    const index = completionIndex(pod);
    if (!isValidIndex(job, index)) remove.push(pod);
    else byIndex.set(index, [...(byIndex.get(index) ?? []), pod]);
  }
  const left: Pod[] = [];
  for (const [, same] of [...byIndex].sort(([a], [b]) => a - b)) {
    const worst = podsToDelete(same, [], same.length - 1, now);
    remove.push(...worst);
    left.push(...same.filter((pod) => !worst.includes(pod)));
  }
  return { remove, left };
}

/** At least so many of the active pods, those in the earliest stages first. Models activePodsForRemoval in pkg/controller/job. */
export function podsForRemoval(job: Job, pods: readonly Pod[], atLeast: number, now: Instant): Pod[] {
  const { remove, left } = isIndexed(job) ? superfluous(job, pods, now) : { remove: [], left: [...pods] };
  return remove.length >= atLeast ? remove : [...remove, ...podsToDelete(left, [], atLeast - remove.length, now)];
}
