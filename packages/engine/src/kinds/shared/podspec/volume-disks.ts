import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import { sortedKeys, validateDnsLabel } from '../fields.ts';
import { byteLength, inclusiveRangeError } from '../text.ts';
import { both, needs, type SourceRule } from './volume-rules.ts';

// Disks of storage systems from before CSI. Models pkg/apis/core/validation/validation.go.

const partition: SourceRule = (source, path) => {
  const value: number = source.partition ?? 0;
  return value < 0 || value > 255 ? [invalid(`${path}.partition`, value, inclusiveRangeError(1, 255))] : [];
};

export const gcePersistentDisk = both(needs('pdName'), partition);
export const awsElasticBlockStore = both(needs('volumeID'), partition);

const secretName: SourceRule = ({ secretRef }, path) => (secretRef && !secretRef.name ? [required(`${path}.secretRef.name`)] : []);

export const cinder = both(needs('volumeID'), secretName);

export const fibreChannel: SourceRule = (source, path) => {
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
  ['iqn', /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[a-zA-Z0-9]{16}$/],
  ['naa', /^naa.[a-zA-Z0-9]{32}$/],
];

export const iscsi: SourceRule = (source, path) => {
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

export const flexVolume: SourceRule = (source, path) => [
  ...needs('driver')(source, path),
  ...sortedKeys(source.options)
    .filter((key) => /\.(kubernetes|k8s)\.io$/.test(`.${(key.split('/', 2)[0] as string).toLowerCase()}`))
    .map((key) => invalid(`${path}.options[${key}]`, key, 'kubernetes.io and k8s.io namespaces are reserved')),
];

export const flocker: SourceRule = (source, path) => {
  const errors: FieldError[] = [];
  if (!source.datasetName && !source.datasetUUID) errors.push(required(path, 'one of datasetName and datasetUUID is required'));
  if (source.datasetName && source.datasetUUID) {
    errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
  }
  if (source.datasetName?.includes('/')) errors.push(invalid(`${path}.datasetName`, source.datasetName, "must not contain '/'"));
  return errors;
};

const REGISTRY = 'must be a host:port pair or multiple pairs separated by commas';
const TENANT_BYTES_LIMIT = 65;
/** Models net.SplitHostPort. */
const isHostPort = (text: string): boolean => /^([^:[\]]*|\[[^[\]]*\]):[^:[\]]*$/.test(text);

export const quobyte: SourceRule = (source, path) => {
  const errors: FieldError[] = [];
  const at = `${path}.registry`;
  if (!source.registry) errors.push(required(at, REGISTRY));
  else if (byteLength(source.tenant ?? '') >= TENANT_BYTES_LIMIT) {
    errors.push(required(`${path}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'));
  } else for (const pair of source.registry.split(',')) if (!isHostPort(pair)) errors.push(invalid(at, source.registry, REGISTRY));
  return source.volume ? errors : [...errors, required(`${path}.volume`)];
};

const CACHING_MODES = ['None', 'ReadOnly', 'ReadWrite'];
const DISK_KINDS = ['Dedicated', 'Managed', 'Shared'];
const MANAGED_URI = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const BLOB_URI = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

export const azureDisk: SourceRule = (source, path) => {
  const { cachingMode, kind, diskURI: uri = '' } = source;
  const errors = needs('diskName', 'diskURI')(source, path);
  if (cachingMode !== undefined && !CACHING_MODES.includes(cachingMode)) errors.push(notSupported(`${path}.cachingMode`, cachingMode, CACHING_MODES));
  if (kind === undefined) return errors;
  if (!DISK_KINDS.includes(kind)) errors.push(notSupported(`${path}.kind`, kind, DISK_KINDS));
  const [start, form] = kind === 'Managed' ? ['/subscriptions/', MANAGED_URI] : ['https://', BLOB_URI];
  return uri.startsWith(start) ? errors : [...errors, notSupported(`${path}.diskURI`, uri, [form as string])];
};

export const storageOs: SourceRule = (source, path) => [
  ...(source.volumeName ? validateDnsLabel(source.volumeName, `${path}.volumeName`) : [required(`${path}.volumeName`)]),
  ...(source.volumeNamespace ? validateDnsLabel(source.volumeNamespace, `${path}.volumeNamespace`) : []),
  ...secretName(source, path),
];
