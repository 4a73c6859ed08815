import { type FieldError, forbiddenField, invalid, notSupported, required, tooLong } from '../../../machinery/field.ts';
import { validateClaimSpec } from '../claims.ts';
import { eachInvalid, sortedKeys } from '../fields.ts';
import { validateAnnotations, validateLabels } from '../labels.ts';
import { isDns1123Subdomain } from '../names.ts';
import { validateFileMode, validateLocalDescendingPath, validateNoBacksteps } from '../paths.ts';
import { compareQuantity } from '../quantity.ts';
import { validateKeysToPaths } from './key-paths.ts';
import { validateDownwardItems, validateProjected } from './projected.ts';
import * as disks from './volume-disks.ts';
import { needs, type SourceRule } from './volume-rules.ts';

export interface VolumeSource {
  field: string;
  validate: SourceRule;
  /** Where upstream reports errors, if that is not under the field's name. */
  path?: string;
  /** Where upstream reports that it is one source too many, if elsewhere again. */
  secondPath?: string;
}

const emptyDir: SourceRule = (source, path) =>
  source.sizeLimit !== undefined && compareQuantity(source.sizeLimit, '0') < 0
    ? [forbiddenField(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
    : [];

const HOST_PATH_TYPES = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

/** Also of PersistentVolumes. */
export const validateHostPath: SourceRule = (source, path) => {
  if (!source.path) return [required(`${path}.path`)];
  const errors = validateNoBacksteps(source.path, `${path}.path`);
  if (source.type !== undefined && !HOST_PATH_TYPES.includes(source.type)) errors.push(notSupported(`${path}.type`, source.type, HOST_PATH_TYPES));
  return errors;
};

const filesOf =
  (nameField: string): SourceRule =>
  (source, path) => [
    ...needs(nameField)(source, path),
    ...validateFileMode(source.defaultMode, `${path}.defaultMode`),
    ...validateKeysToPaths(source.items, `${path}.items`),
  ];

const downwardApi: SourceRule = (source, path) => [
  ...validateFileMode(source.defaultMode, `${path}.defaultMode`),
  ...validateDownwardItems(source.items, path),
];

/** Also of PersistentVolumes. */
export const validateNfs: SourceRule = (source, path) => [
  ...needs('server', 'path')(source, path),
  ...(source.path?.startsWith('/') ? [] : [invalid(`${path}.path`, source.path ?? '', 'must be an absolute path')]),
];

const CSI_DRIVER_BYTES_MAX = 63;

/** Also of CSIDrivers and PersistentVolumes. Models ValidateCSIDriverName. */
export function validateCsiDriverName(driver: string | undefined, path: string): FieldError[] {
  if (!driver) return [required(path)];
  const errors = driver.length > CSI_DRIVER_BYTES_MAX ? [tooLong(path, CSI_DRIVER_BYTES_MAX)] : [];
  return [...errors, ...eachInvalid(path, driver, isDns1123Subdomain(driver.toLowerCase()))];
}

const csi: SourceRule = (source, path) => {
  const errors = validateCsiDriverName(source.driver, `${path}.driver`);
  if (!source.nodePublishSecretRef) return errors;
  const name: string = source.nodePublishSecretRef.name ?? '';
  // A bad name is reported beside the reference, as upstream does.
  return [
    ...errors,
    ...(name === '' ? [required(`${path}.nodePublishSecretRef.name`)] : eachInvalid(`${path}.name`, name, isDns1123Subdomain(name))),
  ];
};

const TEMPLATE_META_FIELDS = ['labels', 'annotations', 'creationTimestamp'];

/** A claim made for this pod alone: its template may carry labels and annotations only. */
const ephemeral: SourceRule = (source, path) => {
  const at = `${path}.volumeClaimTemplate`;
  if (!source.volumeClaimTemplate) return [required(at)];
  const { metadata = {}, spec = {} } = source.volumeClaimTemplate;
  return [
    ...validateAnnotations(metadata.annotations, `${at}.metadata.annotations`),
    ...validateLabels(metadata.labels, `${at}.metadata.labels`),
    ...sortedKeys(metadata)
      .filter((field) => !TEMPLATE_META_FIELDS.includes(field))
      .map((field) => forbiddenField(`${at}.metadata.${field}`, 'cannot be set')),
    ...validateClaimSpec(spec, `${at}.spec`),
  ];
};

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

export function validatePullPolicy(policy: string | undefined, path: string): FieldError[] {
  if (!policy) return [required(path)];
  return PULL_POLICIES.includes(policy) ? [] : [notSupported(path, policy, PULL_POLICIES)];
}

const image: SourceRule = (source, path) => [...needs('reference')(source, path), ...validatePullPolicy(source.pullPolicy, `${path}.pullPolicy`)];

const gitRepo: SourceRule = (source, path) => [
  ...needs('repository')(source, path),
  ...validateLocalDescendingPath(source.directory ?? '', `${path}.directory`),
];

/** In the order in which upstream looks for them. */
export const VOLUME_SOURCES: readonly VolumeSource[] = [
  { field: 'emptyDir', validate: emptyDir },
  { field: 'hostPath', validate: validateHostPath },
  { field: 'gitRepo', validate: gitRepo },
  {
    field: 'gcePersistentDisk',
    validate: disks.gcePersistentDisk,
    path: 'persistentDisk',
  },
  {
    field: 'awsElasticBlockStore',
    validate: disks.awsElasticBlockStore,
  },
  { field: 'secret', validate: filesOf('secretName') },
  { field: 'nfs', validate: validateNfs },
  { field: 'iscsi', validate: disks.iscsi },
  { field: 'glusterfs', validate: needs('endpoints', 'path') },
  { field: 'flocker', validate: disks.flocker },
  { field: 'persistentVolumeClaim', validate: needs('claimName') },
  { field: 'rbd', validate: needs('monitors', 'image') },
  { field: 'cinder', validate: disks.cinder },
  { field: 'cephfs', validate: needs('monitors'), secondPath: 'cephFS' },
  { field: 'quobyte', validate: disks.quobyte },
  { field: 'downwardAPI', validate: downwardApi, secondPath: 'downwarAPI' },
  { field: 'fc', validate: disks.fibreChannel },
  { field: 'flexVolume', validate: disks.flexVolume },
  { field: 'configMap', validate: filesOf('name') },
  { field: 'azureFile', validate: needs('secretName', 'shareName') },
  { field: 'vsphereVolume', validate: needs('volumePath') },
  { field: 'photonPersistentDisk', validate: needs('pdID') },
  { field: 'portworxVolume', validate: needs('volumeID') },
  { field: 'azureDisk', validate: disks.azureDisk },
  { field: 'storageos', validate: disks.storageOs },
  { field: 'projected', validate: validateProjected },
  { field: 'scaleIO', validate: needs('gateway', 'system', 'volumeName') },
  { field: 'csi', validate: csi },
  { field: 'ephemeral', validate: ephemeral },
  { field: 'image', validate: image },
];
