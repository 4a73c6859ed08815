import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import type { ApiError } from '../../machinery/status.ts';
import { PODS, type Pod } from './objects.ts';
import { namespaceIsTerminating, refusal } from './refusal.ts';

const POD_RESOURCE = resourceOf(PODS);

// Models RealPodControl in pkg/controller/controller_utils.go: writes of pods that are told as events of their owner.
// `nth` is the pod's place among those that are made or deleted at once.

export function createPodOf({ api, record }: Reconcile, owner: KubeObject, pod: KubeObject, nth: number): ApiError | undefined {
  const error = refusal(() => {
    const { metadata } = api.create(POD_RESOURCE, pod);
    record(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${metadata.name}`, { nth });
  });
  if (error === undefined || namespaceIsTerminating(error)) return undefined;
  record(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
  return error;
}

export function deletePodOf({ api, record }: Reconcile, owner: KubeObject, pod: Pod, nth: number): ApiError | undefined {
  const error = refusal(() => {
    api.delete(objectKey(POD_RESOURCE, pod.metadata.namespace, pod.metadata.name));
    record(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`, { nth });
  });
  if (error) record(owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`);
  return error;
}
