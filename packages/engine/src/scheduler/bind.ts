import { boundPod } from '../kinds/core/pods/binding.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { Reconcile } from '../machinery/controller.ts';
import { SCHEDULER_NAME } from './active.ts';

/** Gives a pod to a node. */
export function bind({ api, record, now }: Reconcile, pod: PodObject, nodeName: string): void {
  api.update(boundPod(pod, nodeName, now), 'binding');
  record(pod, 'Normal', 'Scheduled', `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${nodeName}`, {
    component: pod.spec.schedulerName ?? SCHEDULER_NAME,
  });
}
