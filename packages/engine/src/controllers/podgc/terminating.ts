import type { ClusterEvent } from '../../core/event.ts';
import { objectKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { isOutOfService } from '../../kinds/rules/out-of-service.ts';
import type { NodeObject, PodObject } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';

const PREFIX = 'terminating|';

export const isTerminatingKey = (key: string): boolean => key.startsWith(PREFIX);

const nodeOf = (view: View, name: string): NodeObject | undefined => view.get(objectKey('core/nodes', '', name)) as NodeObject | undefined;

/** A node that somebody has declared out of service. */
export const keysOfFailedNode = ({ type, stored }: ClusterEvent): string[] =>
  type === 'MODIFIED' && isOutOfService(stored.object as NodeObject) ? [PREFIX + stored.object.metadata.name] : [];

/** A pod that is asked to go from such a node. */
export function keysOfTerminatingPod({ type, stored }: ClusterEvent, view: View): string[] {
  const { metadata, spec } = stored.object as PodObject;
  if (type === 'DELETED' || !metadata.deletionTimestamp || !spec.nodeName) return [];
  return isOutOfService(nodeOf(view, spec.nodeName)) ? [PREFIX + spec.nodeName] : [];
}

/** Nobody will come to confirm that these pods have stopped. Models gcTerminating in pkg/controller/podgc/gc_controller.go. */
export function collectTerminating({ key, view }: Reconcile, remove: (pod: PodObject) => void): void {
  const name = key.slice(PREFIX.length);
  if (!isOutOfService(nodeOf(view, name))) return;
  for (const pod of view.indexed('core/pods', 'node', name) as PodObject[]) if (pod.metadata.deletionTimestamp) remove(pod);
}
