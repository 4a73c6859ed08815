import { objectKey } from '../../core/key.ts';
import { claimKey } from '../../kinds/rules/volume-binding.ts';
import { isAssignedPod, type PodObject } from '../../kinds/shared/pod.ts';
import { type Cycle, type NodeFilter, type Plugin, type PodRejection, reject } from '../framework.ts';
import type { ImaginedPod, NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';
import { isDiskConflict, isExclusiveDisk } from './volumes/disks.ts';

const NAME = 'VolumeRestrictions';
const NO_DISK = reject(NAME, 'Unschedulable', 'node(s) had no available disk');
const IN_USE = reject(NAME, 'Unschedulable', 'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode');
const NO_CLAIM = (name: string) => reject(NAME, 'UnschedulableAndUnresolvable', `persistentvolumeclaim "${name}" not found`);

/** A ReadWriteOncePod claim serves one pod, and so do most disks. Models pkg/scheduler/framework/plugins/volumerestrictions. */
export const volumeRestrictions: Plugin = {
  name: NAME,
  filter: (cycle) => {
    if (!cycle.pod.pod.spec.volumes?.length) return undefined;
    const claims = claimFilter(cycle);
    if (claims && typeof claims !== 'function') return claims;
    const disks = diskFilter(cycle);
    return disks && claims ? (node) => disks(node) ?? claims(node) : (disks ?? claims);
  },
  remedy: ({ view, pod: { pod, namespace } }, node, { reasons: [reason = ''] }) => {
    if (reason.startsWith('persistentvolumeclaim')) return { text: `create the ${reason.replace(' not found', '')}`, cost: 1 };
    const claims = new Set(pod.spec.volumes?.map((volume) => volume.persistentVolumeClaim?.claimName));
    const users = [...claims].flatMap((name) => (name ? (view.indexed('core/pods', 'claim', `${namespace}/${name}`) as PodObject[]) : []));
    const disks = (pod.spec.volumes ?? []).filter(isExclusiveDisk);
    const holds = (other: PodObject): boolean => other.spec.volumes?.some((theirs) => disks.some((own) => isDiskConflict(own, theirs))) ?? false;
    const others = [...users.filter(isAssignedPod), ...[...node.pods.values()].map((info) => info.pod).filter(holds)].map(
      ({ metadata }) => metadata.name,
    );
    return {
      text: `delete pod ${others.join(' and ')}, which uses the same volume`,
      cost: others.length,
      without: (other) => other.namespace === namespace && others.includes(other.pod.metadata.name),
    };
  },
  helpedBy: ['node-added', 'pod-removed', 'claim'],
};

function diskFilter({ pod: { pod } }: Cycle): NodeFilter | undefined {
  const wanted = (pod.spec.volumes ?? []).filter(isExclusiveDisk);
  if (wanted.length === 0) return undefined;
  const clashes = (other: PodObject): boolean => other.spec.volumes?.some((theirs) => wanted.some((own) => isDiskConflict(own, theirs))) ?? false;
  return (node) => {
    for (const { pod: other } of node.pods.values()) if (clashes(other)) return NO_DISK;
    return undefined;
  };
}

function claimFilter({ view, pod: { pod, namespace } }: Cycle): NodeFilter | PodRejection | undefined {
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
  // A node that is asked about may have some of its pods thought away, and others thought there.
  const stays = (user: PodObject, node: NodeInfo): boolean =>
    user.spec.nodeName !== node.name || node.pods.has(objectKey('core/pods', namespace, user.metadata.name as string));
  const uses = ({ pod: { spec } }: PodInfo): boolean =>
    spec.volumes?.some((volume) => exclusive.includes(volume.persistentVolumeClaim?.claimName as string)) ?? false;
  const comes = ({ pod, by }: ImaginedPod): boolean => by > 0 && pod.namespace === namespace && uses(pod);
  return (node) => (users.some((user) => stays(user, node)) || node.imaginedPods.some(comes) ? IN_USE : undefined);
}
