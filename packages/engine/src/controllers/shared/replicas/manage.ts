import { objectKey, resourceName } from '../../../core/key.ts';
import { BURST_REPLICAS } from '../../../core/limits.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { Reconcile } from '../../../machinery/controller.ts';
import { ApiError } from '../../../machinery/status.ts';
import { type KindName, PODS, type Pod } from '../objects.ts';
import { newControllerRef } from '../owners.ts';
import { slowStart } from '../slowstart.ts';
import { podFromTemplate } from '../template.ts';
import type { Replicas } from './replicas.ts';
import { podsToDelete } from './scaledown.ts';
import type { ReplicaFailure } from './status.ts';

const POD_RESOURCE = resourceName(PODS.group, PODS.plural);

/** Nothing can be created in a namespace that is going away, and that is no failure of the controller. */
const namespaceIsTerminating = (error: ApiError): boolean =>
  error.status.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating') ?? false;

/** Runs one write and returns the answer of the API server where that is a refusal. */
function refusal(write: () => void): ApiError | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function createPod({ api, record }: Reconcile, replicas: Replicas, kind: KindName): ApiError | undefined {
  const { owner, template } = replicas;
  const pod = podFromTemplate(template, { name: owner.metadata.name, namespace: owner.metadata.namespace as string }, newControllerRef(owner, kind));
  const error = refusal(() => {
    const { metadata } = api.create(POD_RESOURCE, pod);
    record(owner as KubeObject, 'Normal', 'SuccessfulCreate', `Created pod: ${metadata.name}`);
  });
  if (error === undefined || namespaceIsTerminating(error)) return undefined;
  record(owner as KubeObject, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
  return error;
}

function deletePod({ api, record }: Reconcile, { owner }: Replicas, pod: Pod): ApiError | undefined {
  const error = refusal(() => {
    api.delete(objectKey(POD_RESOURCE, pod.metadata.namespace, pod.metadata.name));
    record(owner as KubeObject, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
  });
  if (error) record(owner as KubeObject, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`);
  return error;
}

/** Creates what is missing or deletes what is too much. Models manageReplicas in pkg/controller/replicaset/replica_set.go. */
export function manageReplicas(
  context: Reconcile,
  kind: KindName,
  replicas: Replicas,
  active: readonly Pod[],
  related: () => readonly Pod[],
): ReplicaFailure | undefined {
  const excess = active.length - replicas.desired;
  const count = Math.min(Math.abs(excess), BURST_REPLICAS);
  if (excess < 0) {
    const failure = slowStart(count, () => createPod(context, replicas, kind));
    return failure && { reason: 'FailedCreate', message: failure.message };
  }
  if (excess === 0) return undefined;
  let first: ApiError | undefined;
  for (const pod of podsToDelete(active, related(), count, context.now)) {
    const failed = deletePod(context, replicas, pod);
    first ??= failed;
  }
  return first && { reason: 'FailedDelete', message: first.message };
}
