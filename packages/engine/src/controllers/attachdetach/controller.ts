import type { ClusterEvent } from '../../core/event.ts';
import type { Instant } from '../../core/instant.ts';
import { splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { isOutOfService, isReady } from '../../kinds/rules/out-of-service.ts';
import { ATTACHMENT_RESOURCE } from '../../kinds/rules/volume-attachment.ts';
import { CLAIM_RESOURCE, claimKey, claimNamesOf, VOLUME_RESOURCE, volumeKey } from '../../kinds/rules/volume-binding.ts';
import { faultOf } from '../../kinds/shared/node-fault.ts';
import { isAssignedPod, type NodeObject, type PodObject } from '../../kinds/shared/pod.ts';
import { defineController, mapped } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, NODES, PODS } from '../shared/objects.ts';
import { earliest } from '../shared/time.ts';
import { type Attachment, attach } from './attach.ts';
import { detach, keep } from './detach.ts';

/** Volumes of a pod that came to a node, ended or went. */
function keysOfPod({ type, stored, previous }: ClusterEvent, view: View): string[] {
  const pod = stored.object as PodObject;
  const before = previous?.object as PodObject | undefined;
  const same = type === 'MODIFIED' && before !== undefined && isAssignedPod(before) === isAssignedPod(pod);
  if (same || !pod.spec.volumes || !pod.spec.nodeName) return [];
  const names = claimNamesOf(pod).map((name) => view.get(claimKey(pod.metadata.namespace as string, name))?.spec.volumeName);
  return names.filter((name) => name !== undefined).map(volumeKey);
}

/** What waits for word from a node. */
function keysOfNode({ type, stored, previous }: ClusterEvent, view: View): string[] {
  const [node, before] = [stored.object as NodeObject, previous?.object as NodeObject | undefined];
  const changed =
    !before || isReady(node) !== isReady(before) || isOutOfService(node) !== isOutOfService(before) || faultOf(node) !== faultOf(before);
  if (type === 'ADDED' || (type === 'MODIFIED' && !changed)) return [];
  const attached = (view.list(ATTACHMENT_RESOURCE) as Attachment[]).filter(({ spec }) => spec.nodeName === node.metadata.name);
  return attached.flatMap(({ spec }) => (spec.source.persistentVolumeName ? [volumeKey(spec.source.persistentVolumeName)] : []));
}

/** Disks are attached to the nodes of the pods that use them, one node at a time unless they are shared. Models pkg/controller/volume/attachdetach. */
export const attachDetachController = defineController({
  name: 'attachdetach',
  component: 'attachdetach-controller',
  manager: CONTROLLER_MANAGER,
  watches: [
    mapped(PODS, keysOfPod),
    mapped(NODES, keysOfNode),
    {
      resource: CLAIM_RESOURCE,
      keys: ({ stored, type }) => (stored.object.spec?.volumeName && type !== 'DELETED' ? [volumeKey(stored.object.spec.volumeName)] : []),
    },
    { resource: VOLUME_RESOURCE, keys: ({ key, type }) => (type === 'DELETED' ? [key] : []) },
  ],
  reconcile: (context): Instant | undefined => {
    const { view, key } = context;
    const volume = view.get(key);
    const users = volume?.spec.csi ? usersOf(view, volume) : [];
    const nodes = [...new Set(users.map((pod) => pod.spec.nodeName as string))].sort();
    const waits: (Instant | undefined)[] = [];
    for (const attachment of attachmentsOf(view, key)) {
      if (nodes.includes(attachment.spec.nodeName)) keep(context, attachment);
      else waits.push(detach(context, attachment));
    }
    if (volume) waits.push(...nodes.map((node) => attach(context, { volume, node, users }, attachmentsOf(view, key))));
    return earliest(...waits);
  },
});

const attachmentsOf = (view: View, key: string): Attachment[] => view.indexed(ATTACHMENT_RESOURCE, 'volume', splitKey(key).name) as Attachment[];

function usersOf(view: View, { spec, metadata }: KubeObject): PodObject[] {
  const ref = spec.claimRef;
  if (!ref || view.get(claimKey(ref.namespace, ref.name))?.spec.volumeName !== metadata.name) return [];
  return (view.indexed('core/pods', 'claim', `${ref.namespace}/${ref.name}`) as PodObject[]).filter(isAssignedPod);
}
