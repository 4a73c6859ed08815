import type { ClusterEvent } from '../core/event.ts';
import { type ObjectKey, objectKey, splitKey } from '../core/key.ts';
import type { View } from '../core/txn.ts';
import { DEVICE_CLAIM_RESOURCE } from '../kinds/rules/devices/pod-claims.ts';
import { CLAIM_RESOURCE, CLASS_RESOURCE, VOLUME_RESOURCE } from '../kinds/rules/volume-binding.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { Watch } from '../machinery/controller.ts';
import { isPending } from './active.ts';
import { WAITING, type Waiting } from './attempts.ts';
import { mayHelp, nodeChanges, podChanges } from './changes.ts';
import { isRelease, usersOfClaim } from './devices/changes.ts';
import { SLICE_RESOURCE } from './devices/pools.ts';
import type { Change } from './framework.ts';
import { DEFAULT_PLUGINS } from './plugins/index.ts';
import { CONFIGURATION_KEY, profileFor } from './profiles/projection.ts';

/** Prefixes of keys that are no pod's own: something happened that may help it; it is gone. */
export const MOVE = 'move|';
export const GONE = 'gone|';

const PRIORITY_MAX = 2 ** 31 - 1;
const PRIORITY_DIGITS = 10;
const INSTANT_DIGITS = 15;

/** In the order in which pods are to be looked at that may be tried again at one instant. Models PrioritySort: the more important first, then those who have waited longer. */
function moveKey({ priority, since }: Waiting, podKey: ObjectKey): string {
  const rank = String(PRIORITY_MAX - priority).padStart(PRIORITY_DIGITS, '0');
  return `${MOVE}${rank}|${String(since).padStart(INSTANT_DIGITS, '0')}|${podKey}`;
}

export const podKeyOfMove = (key: string): ObjectKey => key.slice(key.lastIndexOf('|') + 1);

const exceptDeleted =
  (change: Change): Watch['keys'] =>
  (event, view) =>
    event.type === 'DELETED' ? [] : helped([change], view);

/** What pods that wait may be helped by. Models the event handlers of pkg/scheduler/eventhandlers.go. */
export const WATCHES: readonly Watch[] = [
  { resource: 'core/pods', keys: keysOfPod },
  { resource: 'core/configmaps', keys: keysOfConfiguration },
  { resource: 'core/nodes', keys: (event, view) => helped(nodeChanges(event), view) },
  { resource: CLAIM_RESOURCE, keys: keysOfClaim },
  { resource: VOLUME_RESOURCE, keys: (event, view) => (isOnOffer(event) ? helped(['volume'], view) : []) },
  { resource: CLASS_RESOURCE, keys: exceptDeleted('storage-class') },
  { resource: 'storage.k8s.io/csistoragecapacities', keys: exceptDeleted('storage-capacity') },
  { resource: 'storage.k8s.io/csinodes', keys: exceptDeleted('csi-node') },
  { resource: DEVICE_CLAIM_RESOURCE, keys: keysOfDeviceClaim },
  { resource: 'resource.k8s.io/deviceclasses', keys: exceptDeleted('device-class') },
  { resource: SLICE_RESOURCE, keys: exceptDeleted('resource-slice') },
];

function keysOfPod(event: ClusterEvent, view: View): string[] {
  const pod = event.stored.object as PodObject;
  if (event.type === 'DELETED') return [`${GONE}${event.key}|${pod.metadata.uid}`, ...helped(podChanges(event), view)];
  if (pod.spec.nodeName) return helped(podChanges(event), view);
  if (!isPending(pod) || !profileFor(view, pod)) return [];
  const waiting = view.runtime<Waiting>(WAITING + event.key);
  return waiting && isHelpedByOwnLabels(event, waiting) ? [event.key, moveKey(waiting, event.key)] : [event.key];
}

/** Labels are no part of a pod's generation. */
function isHelpedByOwnLabels({ stored, previous }: ClusterEvent, { plugins }: Waiting): boolean {
  if (!previous || previous.object.metadata.labels === stored.object.metadata.labels) return false;
  return plugins.length > 0 && mayHelp(['pod-labels'], plugins, DEFAULT_PLUGINS);
}

/** Other rules may help whoever waits, and other schedulers those whom nobody has looked at. */
function keysOfConfiguration({ key }: ClusterEvent, view: View): string[] {
  if (key !== CONFIGURATION_KEY) return [];
  const pending = (view.list('core/pods') as PodObject[]).filter((pod) => isPending(pod) && profileFor(view, pod));
  const keys = pending.map(({ metadata }) => objectKey('core/pods', metadata.namespace as string, metadata.name as string));
  return [key, ...keys.map((podKey) => keyFor(view, podKey))];
}

/** Pods that wait with this claim among their volumes. */
function keysOfClaim(event: ClusterEvent, view: View): string[] {
  if (event.type === 'DELETED') return [];
  const { namespace, name } = splitKey(event.key);
  const users = view
    .indexed('core/pods', 'claim', `${namespace}/${name}`)
    .map((pod) => objectKey('core/pods', namespace, pod.metadata.name as string));
  return users.flatMap((key) => {
    const waiting = view.runtime<Waiting>(WAITING + key);
    return waiting && (waiting.assumed || mayHelp(['claim'], waiting.plugins, DEFAULT_PLUGINS)) ? [moveKey(waiting, key)] : [];
  });
}

const isOnOffer = ({ type, stored }: ClusterEvent): boolean =>
  type !== 'DELETED' && !stored.object.spec?.claimRef && stored.object.status?.phase === 'Available';

/** Only pods that wait are looked at, however many there are. */
function helped(changes: readonly Change[], view: View): string[] {
  if (changes.length === 0) return [];
  const found: string[] = [];
  for (const key of view.runtimeKeys(WAITING)) {
    const waiting = view.runtime<Waiting>(key) as Waiting;
    if (mayHelp(changes, waiting.plugins, DEFAULT_PLUGINS)) found.push(moveKey(waiting, key.slice(WAITING.length)));
  }
  return found.sort();
}

/** Of a pod that has been tried already, or of one that has not. */
function keyFor(view: View, podKey: ObjectKey): string {
  const waiting = view.runtime<Waiting>(WAITING + podKey);
  return waiting ? moveKey(waiting, podKey) : podKey;
}

/** Its own pods, and those that want the devices that it gives back. */
function keysOfDeviceClaim(event: ClusterEvent, view: View): string[] {
  const released = isRelease(event) ? helped(['devices-released'], view) : [];
  if (event.type === 'DELETED') return released;
  const own = usersOfClaim(event, view)
    .filter(isPending)
    .map(({ metadata }) => keyFor(view, objectKey('core/pods', metadata.namespace as string, metadata.name as string)));
  return [...new Set([...own, ...released])];
}
