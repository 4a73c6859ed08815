import { chance } from '../../core/chance.ts';
import type { Instant } from '../../core/instant.ts';
import { parseRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { ATTACHMENT_RESOURCE, attachmentKey, attachmentName } from '../../kinds/rules/volume-attachment.ts';
import type { NodeObject, PodObject } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { sayOnceOf } from './say.ts';

export type Attachment = KubeObject & { spec: { attacher: string; nodeName: string; source: { persistentVolumeName?: string } } };

/** A volume that pods on a node want. */
export interface Wish {
  volume: KubeObject;
  node: string;
  users: readonly PodObject[];
}

const QUICKEST_MS = 400;
const SLOWEST_MS = 1500;
const SHARED = ['ReadWriteMany', 'ReadOnlyMany'];
const memory = (volume: string, node: string): string => `attach/${volume}|${node}`;

/** The instant at which the volume is attached to the node, if that is still to come. */
export function attach(context: Reconcile, wish: Wish, attachments: readonly Attachment[]): Instant | undefined {
  const { api, view, now } = context;
  const { volume, node } = wish;
  const name = volume.metadata.name as string;
  const known = view.get(attachmentKey(volume, node));
  if (known?.status?.attached) return undefined;
  const elsewhere = attachments.some(({ spec }) => spec.nodeName !== node);
  if (!known && elsewhere && !volume.spec.accessModes.some((mode: string) => SHARED.includes(mode))) return refuse(context, wish);
  const readyAt = view.runtime<Instant>(memory(name, node)) ?? now + delayMs(context, name, node);
  if (!known) {
    api.setRuntime(memory(name, node), readyAt);
    create(context, volume, node);
  }
  if (readyAt > now) return readyAt;
  api.setRuntime(memory(name, node), undefined);
  complete(context, wish);
  return undefined;
}

const delayMs = ({ view }: Reconcile, volume: string, node: string): number =>
  view.settings.timing === 'instant' ? 0 : Math.round(QUICKEST_MS + chance(view.seed, 'attach', volume, node) * (SLOWEST_MS - QUICKEST_MS));

function create({ api }: Reconcile, volume: KubeObject, nodeName: string): void {
  api.create(ATTACHMENT_RESOURCE, {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name: attachmentName(volume, nodeName) },
    spec: { attacher: volume.spec.csi.driver, nodeName, source: { persistentVolumeName: volume.metadata.name } },
  });
}

export const attachedName = (volume: KubeObject): string => `kubernetes.io/csi/${volume.spec.csi.driver}^${volume.spec.csi.volumeHandle}`;

function complete({ api, view, record }: Reconcile, { volume, node, users }: Wish): void {
  const attachment = view.get(attachmentKey(volume, node));
  if (attachment) api.updateStatus({ ...attachment, status: { attached: true } });
  const object = view.get(`core/nodes//${node}`) as NodeObject | undefined;
  if (object) {
    const others = (object.status?.volumesAttached ?? []).filter((known) => known.name !== attachedName(volume));
    const volumesAttached = [...others, { name: attachedName(volume), devicePath: '' }];
    api.updateStatus({ ...object, status: { ...object.status, volumesAttached } });
  }
  for (const pod of users) {
    if (pod.spec.nodeName === node)
      record(pod, 'Normal', 'SuccessfulAttachVolume', `AttachVolume.Attach succeeded for volume "${volume.metadata.name}" `);
  }
}

/** Models reportMultiAttachError. */
function refuse(context: Reconcile, { volume, node, users }: Wish): undefined {
  const others = users.filter((pod) => pod.spec.nodeName !== node).sort((a, b) => since(a) - since(b));
  for (const pod of users.filter((user) => user.spec.nodeName === node)) {
    const names = others.map(({ metadata }) => metadata.name).join(', ');
    const why =
      others.length > 0
        ? `Volume is already used by pod(s) ${names}`
        : "Volume is already exclusively attached to one node and can't be attached to another";
    sayOnceOf(context, pod, 'FailedAttachVolume', `Multi-Attach error for volume "${volume.metadata.name}" ${why}`);
  }
  return undefined;
}

const since = ({ metadata }: PodObject): Instant => parseRfc3339(metadata.creationTimestamp ?? '') ?? 0;

export function forgetAttaching({ api, view }: Reconcile, volume: string, node: string): void {
  if (view.runtime(memory(volume, node)) !== undefined) api.setRuntime(memory(volume, node), undefined);
}
