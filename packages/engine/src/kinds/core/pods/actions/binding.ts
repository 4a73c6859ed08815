import { objectKey } from '../../../../core/key.ts';
import { defineAction } from '../../../../machinery/action.ts';
import { invalidObject, required } from '../../../../machinery/field.ts';
import { conflict } from '../../../../machinery/status.ts';
import { updateObject } from '../../../../machinery/write/update.ts';
import type { PodObject } from '../../../shared/pod.ts';
import { boundPod } from '../binding.ts';
import { pod } from '../kind.ts';

/** POST pods/x/binding, for schedulers of the user's own. */
export const bindPod = defineAction({
  resource: 'core/pods',
  subresource: 'binding',
  verbs: ['create'],
  group: '',
  version: 'v1',
  kind: 'Binding',
  schema: 'core.v1.Binding',
  run: ({ write, object, body }) => {
    const node = body?.target?.name as string | undefined;
    const name = object.metadata.name as string;
    if (!node) throw invalidObject('', 'Binding', name, [required('target.name')]);
    if (object.metadata.deletionTimestamp) throw conflict('', 'pods/binding', name, `pod ${name} is being deleted, cannot be assigned to a host`);
    if (object.spec?.nodeName) throw conflict('', 'pods/binding', name, `pod ${name} is already assigned to node "${object.spec.nodeName}"`);
    if (object.spec?.schedulingGates?.length) throw conflict('', 'pods/binding', name, `pod ${name} has non-empty .spec.schedulingGates`);
    const key = objectKey('core/pods', object.metadata.namespace, name);
    updateObject(write, pod as never, key, boundPod(withMetadata(object as PodObject, body?.metadata), node, write.txn.now), {
      subresource: 'binding',
    });
    return { status: 201, object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
  },
});

/** Who binds a pod may annotate and label it on the way. Models setPodNodeAndMetadata in pkg/registry/core/pod/storage. */
function withMetadata(pod: PodObject, { annotations, labels }: Pick<PodObject['metadata'], 'annotations' | 'labels'> = {}): PodObject {
  if (!annotations && !labels) return pod;
  const { metadata } = pod;
  return {
    ...pod,
    metadata: {
      ...metadata,
      ...(annotations ? { annotations: { ...metadata.annotations, ...annotations } } : {}),
      ...(labels ? { labels: { ...metadata.labels, ...labels } } : {}),
    },
  };
}
