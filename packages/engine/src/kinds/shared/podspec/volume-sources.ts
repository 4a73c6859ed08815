import { type FieldError, forbiddenField, invalid, notSupported, required, tooLong } from '../../../machinery/field.ts';
import { eachInvalid, type Part, sortedKeys } from '../fields.ts';
import { validateAnnotations, validateLabels } from '../labels.ts';
import { isDns1123Subdomain } from '../names.ts';
import { validateFileMode, validateLocalDescendingPath, validateNoBacksteps } from '../paths.ts';
import { compareQuantity } from '../quantity.ts';
import { inclusiveRangeError } from '../text.ts';
import { validateKeysToPaths } from './key-paths.ts';
import { validateDownwardItems, validateProjected } from './projected.ts';

type SourceRule = (source: Part, path: string) => FieldError[];

export interface VolumeSource {
  field: string;
  validate: SourceRule;
  /** Where upstream reports errors, if that is not under the field's name. */
  path?: string;
  /** Where upstream reports that it is one source too many, if elsewhere again. */
  secondPath?: string;
}

/** Fields that must not be empty. */
const needs =
  (...fields: string[]): SourceRule =>
  (source, path) =>
    fields.filter((f) => !source[f] || source[f].length === 0).map((f) => required(`${path}.${f}`));

const both =
  (...rules: SourceRule[]): SourceRule =>
  (source, path) =>
    rules.flatMap((rule) => rule(source, path));

const partition: SourceRule = (source, path) => {
  const value: number = source.partition ?? 0;
  return value < 0 || value > 255 ? [invalid(`${path}.partition`, value, inclusiveRangeError(1, 255))] : [];
};

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

const fibreChannel: SourceRule = (source, path) => {
  const targets: string[] = source.targetWWNs ?? [];
  const ids: string[] = source.wwids ?? [];
  const errors: FieldError[] = [];
  const at = `${path}.targetWWNs`;
  if (targets.length === 0 && ids.length === 0) errors.push(required(at, 'must specify either targetWWNs or wwids, but not both'));
  if (targets.length > 0 && ids.length > 0) errors.push(invalid(at, targets, 'targetWWNs and wwids can not be specified simultaneously'));
  if (targets.length === 0) return errors;
  if (source.lun === undefined) errors.push(required(`${path}.lun`, 'lun is required if targetWWNs is specified'));
  else if (source.lun < 0 || source.lun > 255) errors.push(invalid(`${path}.lun`, source.lun, inclusiveRangeError(0, 255)));
  return errors;
};

const ISCSI_NAMES: [prefix: string, shape: RegExp][] = [
  ['iqn', /^iqn\.\d{4}-\d{2}\.([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)(:.+)?$/i],
  ['eui', /^eui\.[0-9a-f]{16}$/i],
  ['naa', /^naa\.[0-9a-f]{32}$/i],
];

const iscsi: SourceRule = (source, path) => {
  const errors = needs('targetPortal', 'iqn')(source, path);
  const checkName = (name: string, at: string) => {
    const known = ISCSI_NAMES.find(([prefix]) => name.startsWith(prefix));
    if (!known) errors.push(invalid(at, name, 'must be valid format starting with iqn, eui, or naa'));
    else if (!known[1].test(name)) errors.push(invalid(at, name, 'must be valid format'));
  };
  if (source.iqn) checkName(source.iqn, `${path}.iqn`);
  const lun: number = source.lun ?? 0;
  if (lun < 0 || lun > 255) errors.push(invalid(`${path}.lun`, lun, inclusiveRangeError(0, 255)));
  if ((source.chapAuthDiscovery || source.chapAuthSession) && !source.secretRef) errors.push(required(`${path}.secretRef`));
  if (source.initiatorName !== undefined) checkName(source.initiatorName, `${path}.initiatorname`);
  return errors;
};

const flexVolume: SourceRule = (source, path) => [
  ...needs('driver')(source, path),
  ...sortedKeys(source.options)
    .filter((key) => /\.(kubernetes|k8s)\.io$/.test(`.${(key.split('/', 2)[0] as string).toLowerCase()}`))
    .map((key) => invalid(`${path}.options[${key}]`, key, 'kubernetes.io and k8s.io namespaces are reserved')),
];

const flocker: SourceRule = (source, path) => {
  const errors: FieldError[] = [];
  if (!source.datasetName && !source.datasetUUID) errors.push(required(path, 'one of datasetName and datasetUUID is required'));
  if (source.datasetName && source.datasetUUID) {
    errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
  }
  if (source.datasetName?.includes('/')) errors.push(invalid(`${path}.datasetName`, source.datasetName, "must not contain '/'"));
  return errors;
};

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
  const at = `${path}.nodePublishSecretRef.name`;
  const name: string = source.nodePublishSecretRef.name ?? '';
  return [...errors, ...(name === '' ? [required(at)] : eachInvalid(at, name, isDns1123Subdomain(name)))];
};

const TEMPLATE_META_FIELDS = ['labels', 'annotations'];

/** A claim made for this pod alone: its template may carry labels and annotations only. */
const ephemeral: SourceRule = (source, path) => {
  const at = `${path}.volumeClaimTemplate`;
  if (!source.volumeClaimTemplate) return [required(at)];
  const { metadata = {}, spec = {} } = source.volumeClaimTemplate;
  return [
    ...validateLabels(metadata.labels, `${at}.metadata.labels`),
    ...validateAnnotations(metadata.annotations, `${at}.metadata.annotations`),
    ...sortedKeys(metadata)
      .filter((field) => !TEMPLATE_META_FIELDS.includes(field))
      .map((field) => forbiddenField(`${at}.metadata.${field}`, 'cannot be set')),
    ...validateClaimTemplateSpec(spec, `${at}.spec`),
  ];
};

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

function validateClaimTemplateSpec(spec: Part, path: string): FieldError[] {
  const modes: string[] = spec.accessModes ?? [];
  const errors = modes.length === 0 ? [required(`${path}.accessModes`, 'at least 1 access mode is required')] : [];
  for (const mode of modes) if (!ACCESS_MODES.includes(mode)) errors.push(notSupported(`${path}.accessModes`, mode, ACCESS_MODES));
  if (modes.includes('ReadWriteOncePod') && modes.length > 1) {
    errors.push(forbiddenField(`${path}.accessModes`, 'may not use ReadWriteOncePod with other access modes'));
  }
  const storage: string | undefined = spec.resources?.requests?.storage;
  if (storage === undefined) errors.push(required(`${path}.resources[storage]`));
  else if (compareQuantity(storage, '0') <= 0) {
    errors.push(invalid(`${path}.resources[storage]`, storage, 'must be greater than zero'));
  }
  return errors;
}

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
    validate: both(needs('pdName'), partition),
    path: 'persistentDisk',
  },
  {
    field: 'awsElasticBlockStore',
    validate: both(needs('volumeID'), partition),
  },
  { field: 'secret', validate: filesOf('secretName') },
  { field: 'nfs', validate: validateNfs },
  { field: 'iscsi', validate: iscsi },
  { field: 'glusterfs', validate: needs('endpoints', 'path') },
  { field: 'flocker', validate: flocker },
  { field: 'persistentVolumeClaim', validate: needs('claimName') },
  { field: 'rbd', validate: needs('monitors', 'image') },
  { field: 'cinder', validate: needs('volumeID') },
  { field: 'cephfs', validate: needs('monitors'), secondPath: 'cephFS' },
  { field: 'quobyte', validate: needs('registry', 'volume') },
  { field: 'downwardAPI', validate: downwardApi, secondPath: 'downwarAPI' },
  { field: 'fc', validate: fibreChannel },
  { field: 'flexVolume', validate: flexVolume },
  { field: 'configMap', validate: filesOf('name') },
  { field: 'azureFile', validate: needs('secretName', 'shareName') },
  { field: 'vsphereVolume', validate: needs('volumePath') },
  { field: 'photonPersistentDisk', validate: needs('pdID') },
  { field: 'portworxVolume', validate: needs('volumeID') },
  { field: 'azureDisk', validate: needs('diskName', 'diskURI') },
  { field: 'storageos', validate: needs('volumeName') },
  { field: 'projected', validate: validateProjected },
  { field: 'scaleIO', validate: needs('gateway', 'system', 'volumeName') },
  { field: 'csi', validate: csi },
  { field: 'ephemeral', validate: ephemeral },
  { field: 'image', validate: image },
];
