import { toRfc3339 } from '../../../../core/instant.ts';
import { type ObjectKey, objectKey } from '../../../../core/key.ts';
import type { KubeObject } from '../../../../core/object.ts';
import { defineAction } from '../../../../machinery/action.ts';
import type { DeleteOptions } from '../../../../machinery/controller.ts';
import type { WriteContext } from '../../../../machinery/machine.ts';
import { badRequest } from '../../../../machinery/status.ts';
import { removeObject } from '../../../../machinery/write/remove.ts';
import { updateObject } from '../../../../machinery/write/update.ts';
import type { Part } from '../../../shared/fields.ts';
import { conditionOf, isFinishedPod, type PodObject, withCondition } from '../../../shared/pod.ts';
import { spendBudget } from '../disruption.ts';
import { pod as podKind } from '../kind.ts';

/** POST pods/x/eviction: a delete that asks the disruption budgets first. Models pkg/registry/core/pod/storage/eviction.go. */
export const evictPod = defineAction({
  resource: 'core/pods',
  subresource: 'eviction',
  verbs: ['create'],
  group: 'policy',
  version: 'v1',
  kind: 'Eviction',
  schema: 'policy.v1.Eviction',
  isDryRun: (body) => (body?.deleteOptions?.dryRun ?? []).includes('All'),
  run: ({ write, object, body }) => {
    const pod = object as PodObject;
    if (body?.metadata?.name !== pod.metadata.name) throw badRequest('name in URL does not match name in Eviction object');
    const options = deleteOptionsOf(body?.deleteOptions);
    const key = objectKey('core/pods', pod.metadata.namespace, pod.metadata.name as string);
    if (!isBeyondBudgets(pod)) spendBudget(write, pod, isReady(pod));
    if (write.txn.get(key)) evict(write, pod, key, options);
    return { status: 201, object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
  },
});

const deleteOptionsOf = (options: Part | undefined): DeleteOptions => ({
  ...(options?.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds }),
  ...(options?.propagationPolicy === undefined ? {} : { propagationPolicy: options.propagationPolicy }),
  ...(options?.preconditions?.uid === undefined ? {} : { uid: options.preconditions.uid }),
  ...(options?.preconditions?.resourceVersion === undefined ? {} : { resourceVersion: options.preconditions.resourceVersion }),
});

/** A pod that serves nobody, or is going already, is nobody's loss. */
const isBeyondBudgets = (pod: PodObject): boolean =>
  isFinishedPod(pod) || pod.status?.phase === 'Pending' || pod.metadata.deletionTimestamp !== undefined;

const isReady = (pod: PodObject): boolean => conditionOf(pod.status, 'Ready')?.status === 'True';

function evict(write: WriteContext, pod: PodObject, key: ObjectKey, options: DeleteOptions): void {
  const marked = withCondition(
    pod.status?.conditions,
    { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' },
    toRfc3339(write.txn.now),
  );
  const condemned = { ...pod, status: { ...pod.status, conditions: marked } } as KubeObject;
  updateObject(write, podKind, key, condemned, { subresource: 'status' });
  removeObject(write, podKind, key, options);
}
