import type { KubeObject } from '../../core/object.ts';
import type { Projection } from '../../core/projection.ts';

/** --terminated-pod-gc-threshold of kube-controller-manager. */
export const FINISHED_PODS_MAX = 12_500;

export const isFinishedPod = (pod: KubeObject): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** How many finished pods there are, without counting them each time. */
export const finishedPods: Projection<{ count: number }> = {
  name: 'podgc/finished',
  build: (view) => ({ count: view.list('core/pods').filter(isFinishedPod).length }),
  apply: (value, event) => {
    if (!event.key.startsWith('core/pods/')) return;
    if (event.previous && isFinishedPod(event.previous.object)) value.count--;
    if (event.type !== 'DELETED' && isFinishedPod(event.stored.object)) value.count++;
  },
};

const age = (pod: KubeObject): string => pod.metadata.creationTimestamp ?? '';

/** The oldest beyond the threshold. Models gcTerminated in pkg/controller/podgc/gc_controller.go. */
export function beyondThreshold(pods: readonly KubeObject[], max = FINISHED_PODS_MAX): KubeObject[] {
  const finished = pods.filter((pod) => isFinishedPod(pod) && pod.metadata.deletionTimestamp === undefined);
  if (finished.length <= max) return [];
  const key = (pod: KubeObject): string => `${age(pod)}|${pod.metadata.name}`;
  return finished.sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, finished.length - max);
}
