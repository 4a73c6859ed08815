import { chance } from '../../core/chance.ts';
import type { ClusterEvent } from '../../core/event.ts';
import { type Instant, toRfc3339 } from '../../core/instant.ts';
import { objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { ATTRIBUTES_RESOURCE, CLAIM_RESOURCE, claimKey, volumeKey } from '../../kinds/rules/volume-binding.ts';
import { defineController, type Reconcile } from '../../machinery/controller.ts';

const QUICKEST_MS = 500;
const SLOWEST_MS = 3000;
const memory = (key: string): string => `modify/${key}`;

const wanted = (claim: KubeObject): string => claim.spec?.volumeAttributesClassName ?? '';

const wantsOther = (claim: KubeObject): boolean =>
  claim.status?.phase === 'Bound' &&
  !claim.metadata.deletionTimestamp &&
  wanted(claim) !== '' &&
  wanted(claim) !== claim.status.currentVolumeAttributesClassName;

/** Claims that wait for a class of attributes to appear. */
function keysOfAttributes({ type, key }: ClusterEvent, view: View): string[] {
  if (type !== 'ADDED') return [];
  const { name } = splitKey(key);
  const waiting = view.list(CLAIM_RESOURCE).filter((claim) => wanted(claim) === name && wantsOther(claim));
  return waiting.map(({ metadata }) => claimKey(metadata.namespace as string, metadata.name as string));
}

/** Volumes get the attributes that their claims ask for. Models pkg/modifycontroller of the external resizer. */
export const volumeModifyController = defineController({
  name: 'volumemodify',
  component: 'external-resizer',
  manager: 'csi-resizer',
  watches: [
    { resource: CLAIM_RESOURCE, keys: ({ key, type, stored }) => (type !== 'DELETED' && wantsOther(stored.object) ? [key] : []) },
    { resource: ATTRIBUTES_RESOURCE, keys: keysOfAttributes },
  ],
  reconcile: (context) => {
    const { key, view } = context;
    const claim = view.get(key);
    const volume = claim && wantsOther(claim) ? view.get(volumeKey(claim.spec.volumeName)) : undefined;
    if (!claim || !volume?.spec.csi) return forget(context);
    const attributes = view.get(objectKey(ATTRIBUTES_RESOURCE, '', wanted(claim)));
    if (!attributes) return wait(context, claim, volume, `VAC ${wanted(claim)} does not exist.`);
    const { driver } = volume.spec.csi;
    if (attributes.driverName === driver) return modify(context, claim, volume);
    return wait(context, claim, volume, `VAC ${wanted(claim)} is for driver ${attributes.driverName} which does not match driver name ${driver}`);
  },
});

const from = ({ spec }: KubeObject) => ({ component: `external-resizer ${spec.csi.driver}` });

function forget({ api, view, key }: Reconcile): undefined {
  if (view.runtime(memory(key)) !== undefined) api.setRuntime(memory(key), undefined);
  return undefined;
}

/** Nothing can be done yet. */
function wait({ api, record }: Reconcile, claim: KubeObject, volume: KubeObject, problem: string): undefined {
  const modifyVolumeStatus = { status: 'Pending', targetVolumeAttributesClassName: wanted(claim) };
  const known = claim.status?.modifyVolumeStatus;
  if (known?.status === 'Pending' && known.targetVolumeAttributesClassName === wanted(claim)) return undefined;
  record(claim, 'Warning', 'VolumeModifyFailed', problem, from(volume));
  api.updateStatus({ ...claim, status: { ...claim.status, modifyVolumeStatus } });
  return undefined;
}

const others = (claim: KubeObject): KubeObject[] =>
  (claim.status?.conditions ?? []).filter(({ type }: KubeObject) => type !== 'ModifyingVolume' && type !== 'ModifyVolumeError');

function modify(context: Reconcile, claim: KubeObject, volume: KubeObject): Instant | undefined {
  const { api, view, now, key, record } = context;
  const to = wanted(claim);
  const begun = view.runtime<{ to: string; readyAt: Instant }>(memory(key));
  if (begun?.to === to) return begun.readyAt > now ? begun.readyAt : finish(context, claim, volume);
  const progress = {
    type: 'ModifyingVolume',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: toRfc3339(now),
    message: 'ModifyVolume operation in progress.',
  };
  const modifyVolumeStatus = { status: 'InProgress', targetVolumeAttributesClassName: to };
  api.updateStatus({ ...claim, status: { ...claim.status, modifyVolumeStatus, conditions: [...others(claim), progress] } });
  record(claim, 'Normal', 'VolumeModify', `external resizer is modifying volume ${claim.metadata.name} with vac ${to}`, from(volume));
  const luck = chance(view.seed, 'modify', claim.metadata.uid as string, to);
  const readyAt = now + (view.settings.timing === 'instant' ? 0 : Math.round(QUICKEST_MS + luck * (SLOWEST_MS - QUICKEST_MS)));
  api.setRuntime(memory(key), { to, readyAt });
  return readyAt;
}

function finish(context: Reconcile, claim: KubeObject, volume: KubeObject): undefined {
  const { api, record } = context;
  const to = wanted(claim);
  api.update({ ...volume, spec: { ...volume.spec, volumeAttributesClassName: to } });
  const { modifyVolumeStatus: _progress, conditions: _conditions, ...status } = claim.status ?? {};
  const conditions = others(claim);
  api.updateStatus({
    ...claim,
    status: { ...status, currentVolumeAttributesClassName: to, ...(conditions.length > 0 ? { conditions } : {}) },
  });
  record(
    claim,
    'Normal',
    'VolumeModifySuccessful',
    `external resizer modified volume ${claim.metadata.name} with vac ${to} successfully `,
    from(volume),
  );
  return forget(context);
}
