import type { Part } from '../fields.ts';
import { defaultPullPolicy } from './image.ts';

const FILE_MODE = 0o644;
const TOKEN_SECONDS = 3600;

/** Fields whose default is a plain value, by source. Models SetDefaults_*VolumeSource of pkg/apis/core/v1. */
const SOURCE_DEFAULTS: Record<string, Record<string, unknown>> = {
  hostPath: { type: '' },
  secret: { defaultMode: FILE_MODE },
  configMap: { defaultMode: FILE_MODE },
  downwardAPI: { defaultMode: FILE_MODE },
  projected: { defaultMode: FILE_MODE },
  iscsi: { iscsiInterface: 'default' },
  rbd: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  azureDisk: {
    cachingMode: 'ReadWrite',
    kind: 'Shared',
    fsType: 'ext4',
    readOnly: false,
  },
  scaleIO: { storageMode: 'ThinProvisioned', fsType: 'xfs' },
};

/** Also the sources of PersistentVolumes, where the names are the same. */
export function defaultVolumeSource(source: Part): void {
  for (const [kind, defaults] of Object.entries(SOURCE_DEFAULTS)) {
    if (!source[kind]) continue;
    for (const [field, value] of Object.entries(defaults)) source[kind][field] ??= value;
  }
}

/** A volume without a source is an empty directory. */
export function defaultVolume(volume: Part): void {
  if (Object.keys(volume).every((field) => field === 'name')) volume.emptyDir = {};
  defaultVolumeSource(volume);
  for (const item of volume.downwardAPI?.items ?? []) defaultDownwardItem(item);
  for (const source of volume.projected?.sources ?? []) {
    for (const item of source.downwardAPI?.items ?? []) defaultDownwardItem(item);
    if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= TOKEN_SECONDS;
  }
  if (volume.ephemeral?.volumeClaimTemplate?.spec) volume.ephemeral.volumeClaimTemplate.spec.volumeMode ??= 'Filesystem';
  if (volume.image) volume.image.pullPolicy ??= defaultPullPolicy(volume.image.reference ?? '');
}

function defaultDownwardItem(item: Part): void {
  if (item.fieldRef) item.fieldRef.apiVersion ??= 'v1';
  if (item.resourceFieldRef) item.resourceFieldRef.divisor ??= '0';
}
