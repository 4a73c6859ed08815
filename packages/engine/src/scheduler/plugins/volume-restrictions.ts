import { objectKey } from '../../core/key.ts';
import { claimKey } from '../../kinds/rules/volume-binding.ts';
import { isAssignedPod, type PodObject } from '../../kinds/shared/pod.ts';
import { type Plugin, reject } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';

const NAME = 'VolumeRestrictions';
const IN_USE = reject(NAME, 'Unschedulable', 'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode');
const NO_CLAIM = (name: string) => reject(NAME, 'UnschedulableAndUnresolvable', `persistentvolumeclaim "${name}" not found`);

/** A ReadWriteOncePod claim serves one pod. Models pkg/scheduler/framework/plugins/volumerestrictions. */
export const volumeRestrictions: Plugin = {
  name: NAME,
  filter: ({ view, pod: { pod, namespace } }) => {
    const exclusive: string[] = [];
    for (const volume of pod.spec.volumes ?? []) {
      const name = volume.persistentVolumeClaim?.claimName;
      if (name === undefined) continue;
      const claim = view.get(claimKey(namespace, name));
      if (!claim) return { rejection: NO_CLAIM(name) };
      if (claim.spec?.accessModes?.includes('ReadWriteOncePod')) exclusive.push(name);
    }
    if (exclusive.length === 0) return undefined;
    const users = exclusive.flatMap((name) => view.indexed('core/pods', 'claim', `${namespace}/${name}`) as PodObject[]).filter(isAssignedPod);
    if (users.length === 0) return undefined;
    // A node that is asked about may have some of its pods thought away.
    const stays = (user: PodObject, node: NodeInfo): boolean =>
      user.spec.nodeName !== node.name || node.pods.has(objectKey('core/pods', namespace, user.metadata.name as string));
    return (node) => (users.some((user) => stays(user, node)) ? IN_USE : undefined);
  },
  helpedBy: ['pod-removed', 'claim'],
};
