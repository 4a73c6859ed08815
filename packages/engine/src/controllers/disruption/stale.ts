import { parseRfc3339, toRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { isFinishedPod, type PodObject, withCondition } from '../../kinds/shared/pod.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, PODS } from '../shared/objects.ts';

/** Models stalePodDisruptionTimeout. */
const STALE_MS = 120_000;

const target = (pod: PodObject) =>
  pod.metadata.deletionTimestamp === undefined && !isFinishedPod(pod)
    ? pod.status?.conditions?.find(
        ({ type, status, reason }) => type === 'DisruptionTarget' && status === 'True' && reason !== 'TerminationByKubelet',
      )
    : undefined;

/** Takes back the mark of an eviction that never came. Models syncStalePodDisruption of pkg/controller/disruption. */
export const staleDisruptionController = defineController({
  name: 'staledisruption',
  component: 'controllermanager',
  manager: CONTROLLER_MANAGER,
  watches: [mapped(PODS, ({ key, stored, type }) => (type !== 'DELETED' && target(stored.object as PodObject) ? [key] : []))],
  reconcile: ({ key, view, now, api }) => {
    const pod = view.get(key) as PodObject | undefined;
    const condition = pod && target(pod);
    if (!pod || !condition) return undefined;
    const due = (parseRfc3339(condition.lastTransitionTime ?? '') ?? now) + STALE_MS;
    if (due > now) return due;
    const conditions = withCondition(pod.status?.conditions, { type: 'DisruptionTarget', status: 'False' }, toRfc3339(now));
    api.updateStatus({ ...pod, status: { ...pod.status, conditions } } as KubeObject);
    return undefined;
  },
});
