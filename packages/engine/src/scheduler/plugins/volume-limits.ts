import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { CLASS_RESOURCE, NO_PROVISIONER, storageClassOf } from '../../kinds/rules/volume-binding.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { type Plugin, reject } from '../framework.ts';
import { podClaims } from './volumes/claims.ts';

const NAME = 'NodeVolumeLimits';
const REJECTION = reject(NAME, 'Unschedulable', 'node(s) exceed max volume count');

/** Disks that a driver can attach to a node. Models pkg/scheduler/framework/plugins/nodevolumelimits. */
export const volumeLimits: Plugin = {
  name: NAME,
  filter: ({ view, pod: { pod } }) => {
    const wanted = attached(view, pod);
    if (wanted.size === 0) return undefined;
    return (node) => {
      const limits = limitsOf(view.get(objectKey('storage.k8s.io/csinodes', '', node.name)));
      if (limits.size === 0) return undefined;
      const there = new Map<string, string>();
      for (const { pod: other } of node.pods.values()) for (const [handle, driver] of attached(view, other)) there.set(handle, driver);
      for (const [driver, most] of limits) {
        const added = [...wanted].filter(([handle, d]) => d === driver && !there.has(handle)).length;
        if (added > 0 && [...there.values()].filter((d) => d === driver).length + added > most) return REJECTION;
      }
      return undefined;
    };
  },
  remedy: (_cycle, { name }) => ({ text: `take pods with volumes away from node ${name}`, cost: 1 }),
  helpedBy: ['node-added', 'pod-removed', 'claim', 'volume', 'csi-node'],
};

/** Drivers by the handles of a pod's volumes, those that are still to be made included. */
function attached(view: View, pod: PodObject): Map<string, string> {
  const found = new Map<string, string>();
  if (!pod.spec.volumes?.some((volume) => volume.persistentVolumeClaim || volume.ephemeral)) return found;
  const claims = podClaims(view, pod);
  if (typeof claims === 'string') return found;
  for (const volume of claims.bound) {
    const csi = volume?.spec?.csi;
    if (csi) found.set(`${csi.driver}/${csi.volumeHandle}`, csi.driver);
  }
  for (const claim of claims.delayed) {
    const driver = view.get(objectKey(CLASS_RESOURCE, '', storageClassOf(claim)))?.provisioner;
    if (driver && driver !== NO_PROVISIONER) found.set(`${driver}/${claim.metadata.namespace}/${claim.metadata.name}`, driver);
  }
  return found;
}

function limitsOf(csiNode: KubeObject | undefined): Map<string, number> {
  const limits = new Map<string, number>();
  for (const { name, allocatable } of csiNode?.spec?.drivers ?? []) if (allocatable?.count !== undefined) limits.set(name, allocatable.count);
  return limits;
}
