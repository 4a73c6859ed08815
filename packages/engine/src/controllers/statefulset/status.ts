import type { StatefulSetStatus } from '@vivakube/schema/types/apps.v1';
import type { Instant } from '../../core/instant.ts';
import type { Pod, StatefulSet } from '../shared/objects.ts';
import { omitEmpty } from '../shared/omit.ts';
import { isAvailable, isRunningAndReady, isTerminating } from './health.ts';
import { replicasOf, revisionOf } from './identity.ts';
import type { Named } from './revisions.ts';

/** Models updateStatus and completeRollingUpdate in pkg/controller/statefulset. */
export function setStatus(set: StatefulSet, { current, update, collisionCount }: Named, pods: readonly Pod[], now: Instant): StatefulSetStatus {
  const count = (is: (pod: Pod) => boolean): number => pods.filter(is).length;
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  const at = (revision: string): number => count((pod) => !isTerminating(pod) && revisionOf(pod) === revision);
  const replicas = pods.length;
  const readyReplicas = count(isRunningAndReady);
  const updatedReplicas = at(update.metadata.name);
  const wanted = replicasOf(set);
  const complete = set.spec.updateStrategy?.type === 'RollingUpdate' && updatedReplicas === wanted && readyReplicas === wanted && replicas === wanted;
  const { conditions } = set.status ?? {};
  return {
    ...omitEmpty({
      observedGeneration: set.metadata.generation ?? 0,
      readyReplicas,
      currentReplicas: complete ? updatedReplicas : at(current.metadata.name),
      updatedReplicas,
      currentRevision: (complete ? update : current).metadata.name,
      updateRevision: update.metadata.name,
    }),
    replicas,
    availableReplicas: count((pod) => isRunningAndReady(pod) && isAvailable(pod, minReadySeconds, now)),
    collisionCount,
    ...(conditions ? { conditions } : {}),
  };
}
