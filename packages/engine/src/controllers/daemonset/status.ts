import type { DaemonSetStatus } from '@vivakube/schema/types/apps.v1';
import type { Instant } from '../../core/instant.ts';
import type { DaemonSet, Pod } from '../shared/objects.ts';
import { omitEmpty } from '../shared/omit.ts';
import { isPodReady } from '../shared/pods.ts';
import { isAvailable, type Place } from './round.ts';
import { isUpdated } from './template.ts';

/** Models updateDaemonSetStatus in pkg/controller/daemon/daemon_controller.go: of several pods on a node the oldest counts. */
export function setStatus(set: DaemonSet, places: readonly Place[], hash: string, collisionCount: number, now: Instant): DaemonSetStatus {
  const wanted = places.filter(({ shouldRun }) => shouldRun);
  const counted = wanted.flatMap(({ pods }) => pods.slice(0, 1));
  const count = (is: (pod: Pod) => boolean): number => counted.filter(is).length;
  const numberAvailable = count((pod) => isPodReady(pod) && isAvailable(set, pod, now));
  const { conditions } = set.status ?? {};
  return {
    currentNumberScheduled: counted.length,
    numberMisscheduled: places.filter(({ shouldRun, pods }) => !shouldRun && pods.length > 0).length,
    desiredNumberScheduled: wanted.length,
    numberReady: count(isPodReady),
    ...omitEmpty({
      observedGeneration: set.metadata.generation ?? 0,
      updatedNumberScheduled: count((pod) => isUpdated(set, pod, hash)),
      numberAvailable,
      numberUnavailable: wanted.length - numberAvailable,
      collisionCount,
    }),
    ...(conditions ? { conditions } : {}),
  };
}
