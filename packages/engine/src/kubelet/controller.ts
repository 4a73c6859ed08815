import type { PodStatus } from '@vivakube/schema/types/core.v1';
import type { ClusterEvent } from '../core/event.ts';
import { type Instant, toRfc3339 } from '../core/instant.ts';
import { copyJson, equalJson } from '../core/json.ts';
import { objectKey, splitKey } from '../core/key.ts';
import type { View } from '../core/txn.ts';
import { DEVICE_CLAIM_RESOURCE } from '../kinds/rules/devices/pod-claims.ts';
import { ATTACHMENT_RESOURCE } from '../kinds/rules/volume-attachment.ts';
import { conditionOf, isFinishedPod, isResizing, type PodObject } from '../kinds/shared/pod.ts';
import type { ImageService } from '../kinds/shared/program.ts';
import type { Controller, Reconcile } from '../machinery/controller.ts';
import { releaseAddress } from './addresses.ts';
import { type Refusal, refusalOf } from './admission.ts';
import { dropContents, followContents, hasContents } from './contents.ts';
import { podKeyOf } from './keys.ts';
import { advancePod } from './lifecycle.ts';
import { isMirror, keepStatic, keptStatic } from './mirror.ts';
import { mountLoopOf } from './mount-retry.ts';
import { reportImages } from './node-images.ts';
import { type NodeRecord, nodeRecord } from './node-record.ts';
import { endWithReboot } from './reboot.ts';
import { roomOn } from './resize.ts';
import { reactToSpec } from './spec-change.ts';
import { admitted, adopted, containersOf, runsAlready } from './start-state.ts';
import type { PodState } from './state.ts';
import { podStatus } from './status.ts';
import type { PodSync } from './sync.ts';
import { Timing } from './timing.ts';
import { diskKey, dropUnwritten } from './volume-data.ts';

const GONE = 'gone|';
const CONTENTS = 'contents|';
const DISK = 'disk|';
/** Where a container is found in the spec. */
const FIELDS = { app: 'containers', init: 'initContainers', sidecar: 'initContainers', ephemeral: 'ephemeralContainers' } as const;
const AWAIT = 'kubelet-await/';

/** All kubelets of a cluster. Models pkg/kubelet. */
export const kubeletWith = (images: ImageService): Controller => ({
  name: 'kubelet',
  component: 'kubelet',
  manager: 'kubelet',
  watches: [
    { resource: 'core/pods', keys: keysOfPod },
    { resource: 'core/configmaps', keys: keysOfContents },
    { resource: 'core/secrets', keys: keysOfContents },
    { resource: 'core/persistentvolumeclaims', keys: keysAwaiting },
    { resource: DEVICE_CLAIM_RESOURCE, keys: keysAwaiting },
    { resource: 'core/persistentvolumes', keys: ({ type, key }) => (type === 'DELETED' ? [`${DISK}${splitKey(key).name}`] : []) },
    { resource: ATTACHMENT_RESOURCE, keys: keysAwaiting },
    { resource: 'coordination.k8s.io/leases', keys: keysOfReturned },
  ],
  reconcile: (context) => {
    const { key, view, api } = context;
    if (key.startsWith(GONE)) return forget(context, key.slice(GONE.length));
    if (key.startsWith(DISK)) return wipe(context, key.slice(DISK.length));
    if (!key.startsWith(CONTENTS)) return syncPod(context, images);
    return followContents(view, (at, value) => api.setRuntime(at, value), key.slice(CONTENTS.length));
  },
  loop: (key, view) => (key.includes('|') ? undefined : mountLoopOf(key, view)),
});

function keysOfPod(event: ClusterEvent, view: View): string[] {
  const pod = event.stored.object as PodObject;
  if (!pod.spec.nodeName) return [];
  const own = ownKeysOfPod(event, pod);
  return makesRoom(event, pod) ? [...own, ...keysAwaitingOf(roomOn(pod.spec.nodeName), view)] : own;
}

/** Another pod on the node may have been waiting for what this one gives back. */
function makesRoom({ type, previous }: ClusterEvent, pod: PodObject): boolean {
  const before = previous?.object as PodObject | undefined;
  if (type === 'DELETED') return true;
  return before !== undefined && ((isFinishedPod(pod) && !isFinishedPod(before)) || (isResizing(before) && !isResizing(pod)));
}

function ownKeysOfPod(event: ClusterEvent, pod: PodObject): string[] {
  if (event.type === 'DELETED') return [`${GONE}${pod.metadata.uid}`];
  const before = event.previous?.object as PodObject | undefined;
  const own =
    event.actor === actorOf(pod.spec.nodeName as string) &&
    before?.spec === pod.spec &&
    before.metadata.deletionTimestamp === pod.metadata.deletionTimestamp;
  return own && !isToBeEvicted(pod, before) ? [] : [event.key];
}

const keysOfContents = (event: ClusterEvent, view: View): string[] =>
  hasContents(view, event.key) ? [`${CONTENTS}${event.key}`, ...keysAwaiting(event, view)] : keysAwaiting(event, view);

/** The eviction manager speaks to the pod's own sync by this condition. */
const isToBeEvicted = (pod: PodObject, before: PodObject | undefined): boolean =>
  before?.status?.conditions !== pod.status?.conditions && conditionOf(pod.status, 'DisruptionTarget')?.reason === 'TerminationByKubelet';

const keysAwaiting = (event: ClusterEvent, view: View): string[] => keysAwaitingOf(event.key, view);

const keysAwaitingOf = (object: string, view: View): string[] => {
  const prefix = `${AWAIT}${object}|`;
  return view.runtimeKeys(prefix).map((key) => key.slice(prefix.length));
};

/** A kubelet that is heard of again renews its node's lease, and looks after all pods. */
function keysOfReturned({ type, key }: ClusterEvent, view: View): string[] {
  const { namespace, name } = splitKey(key);
  if (type !== 'MODIFIED' || namespace !== 'kube-node-lease') return [];
  return view.indexed('core/pods', 'node', name).map(({ metadata }) => objectKey('core/pods', metadata.namespace, metadata.name as string));
}

const actorOf = (node: string): string => `system:node:${node}`;

function syncPod(context: Reconcile, images: ImageService): Instant | undefined {
  const { key, view, now, api } = context;
  const pod = view.get(key) as PodObject | undefined;
  const node = pod?.spec.nodeName ? nodeRecord(view, pod.spec.nodeName) : undefined;
  if (!pod || !node) return undefined;
  context.actAs(actorOf(node.name));
  const stateKey = podKeyOf(pod.metadata.uid as string);
  const known = view.runtime<PodState>(stateKey);
  if (isMirror(pod) && pod.metadata.deletionTimestamp) return remove(context, pod);
  const kept = known ? undefined : keptStatic(view, (at, value) => api.setRuntime(at, value), pod, key, node);
  if (!known && isFinishedPod(pod)) return pod.metadata.deletionTimestamp ? remove(context, pod) : undefined;
  if (!known && !kept && !runsAlready(pod)) {
    const refusal = refusalOf(view, pod);
    if (refusal) return refuse(context, pod, refusal);
  }
  const sync = open(context, images, pod, node, known || kept ? copyJson((known ?? kept) as PodState) : begun(pod, key, now));
  const awaited = new Set<string>();
  sync.await = (object) => awaited.add(object);
  endWithReboot(sync);
  reactToSpec(sync);
  const due = advancePod(sync);
  await_(context, sync.state, [...awaited].sort());
  const { state } = sync;
  const ended = state.stage === 'finished' && pod.metadata.deletionTimestamp !== undefined;
  if (!known || !equalJson(known, state)) api.setRuntime(stateKey, state);
  report(context, sync);
  if (sync.imagesChanged) reportImages(view, api, node.name);
  return ended ? remove(context, pod) : due;
}

const begun = (pod: PodObject, key: string, now: Instant): PodState => ({
  ...(runsAlready(pod) ? adopted(pod, key, now) : admitted(pod, key, now)),
  ...(isMirror(pod) ? { isStatic: true } : {}),
});

function open(context: Reconcile, images: ImageService, pod: PodObject, node: NodeRecord, state: PodState): PodSync {
  const { view, now, api } = context;
  return {
    pod,
    node,
    state,
    now,
    view,
    images,
    timing: new Timing(view.settings, view.seed),
    specs: containersOf(pod),
    event: (type, reason, message, container) =>
      context.record(pod, type, reason, message, {
        host: node.name,
        ...(container ? { fieldPath: `spec.${FIELDS[container.role]}{${container.name}}` } : {}),
      }),
    setRuntime: (key, value) => api.setRuntime(key, value),
    imagesChanged: false,
    await: () => undefined,
  };
}

/** Keeps note of the objects whose change wakes the pod. */
function await_({ api }: Reconcile, state: PodState, objects: string[]): void {
  const before = state.awaited ?? [];
  for (const object of before) if (!objects.includes(object)) api.setRuntime(`${AWAIT}${object}|${state.key}`, undefined);
  for (const object of objects) if (!before.includes(object)) api.setRuntime(`${AWAIT}${object}|${state.key}`, true);
  if (objects.length > 0) state.awaited = objects;
  else delete state.awaited;
}

function report({ api }: Reconcile, sync: PodSync): void {
  const status = podStatus(sync);
  if (equalJson(status, sync.pod.status) || isPassing(sync, status)) return;
  api.updateStatus({ ...sync.pod, status });
}

/** The network alone is not worth a report where a container is about to start: the next one tells both. */
const isPassing = ({ pod, state }: PodSync, status: PodStatus): boolean =>
  state.containers.some((c) => c.step === 'starting') &&
  equalJson(status.containerStatuses, pod.status?.containerStatuses) &&
  equalJson(status.initContainerStatuses, pod.status?.initContainerStatuses);

/** Models rejectPod in pkg/kubelet/kubelet.go. */
function refuse({ api, record, now }: Reconcile, pod: PodObject, { reason, message }: Refusal): undefined {
  record(pod, 'Warning', reason, message, { host: pod.spec.nodeName as string });
  api.updateStatus({
    ...pod,
    status: { ...pod.status, phase: 'Failed', reason, message: `Pod was rejected: ${message}`, startTime: toRfc3339(now) },
  });
  return undefined;
}

/** The last word of a kubelet about a pod. */
function remove({ api, key }: Reconcile, pod: PodObject): undefined {
  api.delete(key, { gracePeriodSeconds: 0, uid: pod.metadata.uid as string });
  return undefined;
}

function wipe({ api, view }: Reconcile, disk: string): undefined {
  if (view.runtime(diskKey(disk)) !== undefined) api.setRuntime(diskKey(disk), undefined);
  return undefined;
}

function forget(context: Reconcile, uid: string): undefined {
  const { api, view } = context;
  const state = view.runtime<PodState>(podKeyOf(uid));
  if (!state) return undefined;
  const set = (key: string, value: unknown): void => api.setRuntime(key, value);
  keepStatic(set, state);
  dropContents(view, set, splitKey(state.key).namespace);
  if (state.disks) dropUnwritten(view, set, copyJson(state), `${uid}/`, view.now);
  if (state.address) releaseAddress(view, set, state.node, state.address, uid);
  for (const object of state.awaited ?? []) api.setRuntime(`${AWAIT}${object}|${state.key}`, undefined);
  api.setRuntime(podKeyOf(uid), undefined);
  return undefined;
}
