import { toRfc3339 } from '../core/instant.ts';
import type { Reconcile } from '../machinery/controller.ts';
import { type PodObject, withCondition } from '../kinds/shared/pod.ts';

/** Gives a pod to a node. Models BindingREST in pkg/registry/core/pod/storage. */
export function bind({ api, record, now }: Reconcile, pod: PodObject, nodeName: string): void {
  const bound = api.update({ ...pod, spec: { ...pod.spec, nodeName } }) as PodObject;
  const condition = { type: 'PodScheduled', status: 'True', observedGeneration: bound.metadata.generation ?? 0 };
  const conditions = withCondition(bound.status?.conditions, condition, toRfc3339(now));
  api.updateStatus({ ...bound, status: { ...bound.status, conditions } });
  record(pod, 'Normal', 'Scheduled', `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${nodeName}`);
}
