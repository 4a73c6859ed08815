import type { ClusterEvent } from '../../core/event.ts';
import { splitKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';

/** Whether an event of a claim means that its devices are there for others. */
export const isRelease = ({ type, stored, previous }: ClusterEvent): boolean =>
  type === 'DELETED' ? Boolean(stored.object.status?.allocation) : Boolean(previous?.object.status?.allocation && !stored.object.status?.allocation);

/** Pods that name a claim, or for which it was made. */
export function usersOfClaim({ key }: ClusterEvent, view: View): PodObject[] {
  const { namespace, name } = splitKey(key);
  return view.indexed('core/pods', 'deviceclaim', `${namespace}/${name}`) as PodObject[];
}
