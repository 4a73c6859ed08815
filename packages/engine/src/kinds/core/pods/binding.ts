import { toRfc3339 } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import { forbiddenField } from '../../../machinery/field.ts';
import type { SubresourceUpdate } from '../../../machinery/kind.ts';
import { type PodObject, withCondition } from '../../shared/pod.ts';

/** A pod gets its node: nothing else may change on the way. Models BindingREST in pkg/registry/core/pod/storage. */
export const binding: SubresourceUpdate<KubeObject> = {
  keepsGeneration: true,
  rebuilds: true,
  prepare: (object, old) => {
    object.spec = { ...old.spec, nodeName: object.spec?.nodeName };
    const { nominatedNodeName: _nominated, ...status } = old.status ?? {};
    object.status = { ...status, conditions: object.status?.conditions ?? status.conditions };
  },
  validate: (object, old) =>
    old.spec?.nodeName && old.spec.nodeName !== object.spec?.nodeName
      ? [forbiddenField('spec.nodeName', `pod ${old.metadata.name} is already assigned to node "${old.spec.nodeName}"`)]
      : [],
};

/** The pod as it looks once it is bound. */
export function boundPod(pod: PodObject, nodeName: string, now: number): PodObject {
  const condition = { type: 'PodScheduled', status: 'True', observedGeneration: pod.metadata.generation ?? 0 };
  const conditions = withCondition(pod.status?.conditions, condition, toRfc3339(now));
  return { ...pod, spec: { ...pod.spec, nodeName }, status: { ...pod.status, conditions } } as PodObject;
}
