import { chance } from '../../core/chance.ts';
import type { ClusterEvent } from '../../core/event.ts';
import { type Instant, toRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { CLAIM_RESOURCE, claimKey, claimNamesOf, volumeKey } from '../../kinds/rules/volume-binding.ts';
import { compareQuantity } from '../../kinds/shared/quantity.ts';
import { defineController, mapped, type Reconcile } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, PODS } from '../shared/objects.ts';

const QUICKEST_MS = 1000;
const SLOWEST_MS = 4000;
const WAITING_FOR_POD = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';
const memory = (key: string): string => `expand/${key}`;

const asked = (claim: KubeObject): string | undefined => claim.spec?.resources?.requests?.storage;

const wantsMore = (claim: KubeObject): boolean =>
  claim.status?.phase === 'Bound' && !claim.metadata.deletionTimestamp && compareQuantity(asked(claim), claim.status.capacity?.storage) > 0;

/** A pod that starts to run on its node finishes what waits for one. */
function keysOfPod({ type, stored, previous }: ClusterEvent): string[] {
  const pod = stored.object;
  if (type === 'DELETED' || !pod.spec?.volumes || pod.status?.phase !== 'Running' || previous?.object.status?.phase === 'Running') return [];
  return claimNamesOf(pod).map((name) => claimKey(pod.metadata.namespace as string, name));
}

/** Volumes grow to what their claims ask for: the disk first, then its file system. Models pkg/controller/volume/expand and the external resizer. */
export const volumeExpandController = defineController({
  name: 'volumeexpand',
  component: 'volume_expand',
  manager: CONTROLLER_MANAGER,
  watches: [
    { resource: CLAIM_RESOURCE, keys: ({ key, type, stored }) => (type !== 'DELETED' && wantsMore(stored.object) ? [key] : []) },
    mapped(PODS, keysOfPod),
  ],
  reconcile: (context) => {
    const { key, view } = context;
    const claim = view.get(key);
    const volume = claim && wantsMore(claim) ? view.get(volumeKey(claim.spec.volumeName)) : undefined;
    if (!claim || !volume) return forget(context);
    if (compareQuantity(asked(claim), volume.spec.capacity?.storage) > 0) return growDisk(context, claim, volume);
    return growFileSystem(context, claim);
  },
});

function forget({ api, view, key }: Reconcile): undefined {
  if (view.runtime(memory(key)) !== undefined) api.setRuntime(memory(key), undefined);
  return undefined;
}

function resizerOf({ spec, metadata }: KubeObject): string {
  return `external-resizer ${spec.csi?.driver ?? metadata.annotations?.['pv.kubernetes.io/provisioned-by'] ?? ''}`.trim();
}

function growDisk(context: Reconcile, claim: KubeObject, volume: KubeObject): Instant | undefined {
  const { api, view, now, key, record } = context;
  const begun = view.runtime<{ to: string; readyAt: Instant }>(memory(key));
  if (!begun || begun.to !== asked(claim)) {
    record(claim, 'Normal', 'ExternalExpanding', 'waiting for an external controller to expand this PVC');
    record(claim, 'Normal', 'Resizing', `External resizer is resizing volume ${volume.metadata.name}`, { component: resizerOf(volume) });
    setProgress(context, claim, { type: 'Resizing', status: 'True' }, 'ControllerResizeInProgress');
    const luck = chance(view.seed, 'expand', claim.metadata.uid as string, asked(claim) as string);
    const readyAt = now + (view.settings.timing === 'instant' ? 0 : Math.round(QUICKEST_MS + luck * (SLOWEST_MS - QUICKEST_MS)));
    api.setRuntime(memory(key), { to: asked(claim), readyAt });
    return readyAt;
  }
  if (begun.readyAt > now) return begun.readyAt;
  api.update({ ...volume, spec: { ...volume.spec, capacity: { ...volume.spec.capacity, storage: asked(claim) } } });
  if (volume.spec.volumeMode === 'Block') return finish(context, claim);
  record(claim, 'Normal', 'FileSystemResizeRequired', 'Require file system resize of volume on node', { component: resizerOf(volume) });
  setProgress(context, claim, { type: 'FileSystemResizePending', status: 'True', message: WAITING_FOR_POD }, 'NodeResizePending');
  return growFileSystem(context, view.get(key) as KubeObject);
}

/** The kubelet of a node that has the volume mounted. */
function growFileSystem(context: Reconcile, claim: KubeObject): undefined {
  const { view, record } = context;
  const users = view.indexed('core/pods', 'claim', `${claim.metadata.namespace}/${claim.metadata.name}`);
  const user = users.find((pod) => pod.status?.phase === 'Running');
  if (!user) return undefined;
  finish(context, claim);
  const from = { component: 'kubelet', host: user.spec.nodeName };
  for (const about of [user, claim])
    record(about, 'Normal', 'FileSystemResizeSuccessful', `MountVolume.NodeExpandVolume succeeded for volume "${claim.spec.volumeName}"`, from);
  return undefined;
}

function finish(context: Reconcile, claim: KubeObject): undefined {
  const { conditions: _conditions, allocatedResourceStatuses: _statuses, ...status } = claim.status ?? {};
  const grown = { ...status.capacity, storage: asked(claim) };
  context.api.updateStatus({
    ...claim,
    status: { ...status, capacity: grown, allocatedResources: { ...status.allocatedResources, storage: asked(claim) } },
  });
  return forget(context);
}

function setProgress({ api, now }: Reconcile, claim: KubeObject, condition: object, progress: string): void {
  api.updateStatus({
    ...claim,
    status: {
      ...claim.status,
      allocatedResources: { ...claim.status.allocatedResources, storage: asked(claim) },
      allocatedResourceStatuses: { storage: progress },
      conditions: [{ lastProbeTime: null, lastTransitionTime: toRfc3339(now), ...condition }],
    },
  });
}
