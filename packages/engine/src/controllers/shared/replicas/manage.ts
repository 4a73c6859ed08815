import { BURST_REPLICAS } from '../../../core/limits.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { Reconcile } from '../../../machinery/controller.ts';
import type { ApiError } from '../../../machinery/status.ts';
import type { KindName, Pod } from '../objects.ts';
import { newControllerRef } from '../owners.ts';
import { createPodOf, deletePodOf } from '../podcontrol.ts';
import { slowStart } from '../slowstart.ts';
import { podFromTemplate } from '../template.ts';
import type { Replica } from './controlled.ts';
import type { Replicas } from './replicas.ts';
import { podsToDelete } from './scaledown.ts';
import type { ReplicaFailure } from './status.ts';
import { byName } from './survey.ts';

function createPod(context: Reconcile, { owner, template }: Replicas, kind: KindName, nth: number): ApiError | undefined {
  const { name, namespace } = owner.metadata;
  const pod = podFromTemplate(template, { name, namespace: namespace as string }, newControllerRef(owner, kind));
  return createPodOf(context, owner as KubeObject, pod, nth);
}

/** Creates what is missing or deletes what is too much. Models manageReplicas in pkg/controller/replicaset/replica_set.go. */
export function manageReplicas(
  context: Reconcile,
  kind: KindName,
  replicas: Replicas,
  active: readonly Replica[],
  related: () => readonly Pod[],
): ReplicaFailure | undefined {
  const excess = active.length - replicas.desired;
  const count = Math.min(Math.abs(excess), BURST_REPLICAS);
  if (excess < 0) {
    const failure = slowStart(count, (nth) => createPod(context, replicas, kind, nth));
    return failure && { reason: 'FailedCreate', message: failure.message };
  }
  if (excess === 0) return undefined;
  let first: ApiError | undefined;
  const doomed = podsToDelete(active.map(({ pod }) => pod).sort(byName), related(), count, context.now);
  for (const [nth, pod] of doomed.entries()) {
    const failed = deletePodOf(context, replicas.owner as KubeObject, pod, nth);
    first ??= failed;
  }
  return first && { reason: 'FailedDelete', message: first.message };
}
