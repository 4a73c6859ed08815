import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { positiveQuantity, validateAccessModes, validateVolumeMode } from '../../shared/claims.ts';
import { semanticEqual, validateImmutable } from '../../shared/equal.ts';
import { type Part, sortedKeys, validateDnsSubdomain } from '../../shared/fields.ts';
import { goDiff } from '../../shared/go/diff.ts';
import { goMap } from '../../shared/go/show.ts';
import { validateNodeSelector } from '../../shared/podspec/affinity.ts';
import { VOLUME_SOURCES } from '../../shared/podspec/volume-sources.ts';
import { nano, wholeUnits } from '../../shared/quantity.ts';
import { validateLocal } from './local.ts';
import { PERSISTENT_RULES } from './sources.ts';
import { validateAffinityUpdate, withoutNewSecret } from './updates.ts';

// Models ValidatePersistentVolume* in pkg/apis/core/validation/validation.go.
const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];

/** Sources of volumes in their own right, in the order upstream looks at them. */
const SOURCES = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'scaleIO',
  'local',
  'storageos',
  'csi',
];

function validateCapacity(capacity: Record<string, string> | undefined, path: string): FieldError[] {
  const names = sortedKeys(capacity);
  const errors = names.length === 0 ? [required(path)] : [];
  if (!names.includes('storage') || names.length > 1) errors.push(notSupported(path, goMap(capacity), ['storage']));
  for (const name of names) {
    const quantity = capacity?.[name] as string;
    const at = `${path}[${name}]`;
    if (nano(quantity) < 0n) errors.push(invalid(at, Number(wholeUnits(quantity)), 'must be a valid resource quantity'));
    errors.push(...positiveQuantity(quantity, at));
  }
  return errors;
}

function validateNodeAffinity(affinity: Part, path: string, old: Part): FieldError[] {
  if (!affinity) return [];
  const wasInvalid = old?.required !== undefined && validateNodeSelector(old.required, path).length > 0;
  return affinity.required
    ? validateNodeSelector(affinity.required, `${path}.required`, wasInvalid)
    : [required(`${path}.required`, 'must specify required node constraints')];
}

function validateSource(field: string, source: Part, spec: Part, path: string): FieldError[] {
  if (field === 'local') return validateLocal(source, spec.nodeAffinity, path);
  const known = VOLUME_SOURCES.find((each) => each.field === field);
  if (!known) return [];
  const rule = PERSISTENT_RULES[field] ?? known.validate;
  return rule(source, `${path}.${known.path ?? field}`);
}

function validateSources(spec: Part, path: string): FieldError[] {
  const present = SOURCES.filter((field) => spec[field]);
  if (present.length === 0) return [required(path, 'must specify a volume type')];
  const [first, ...others] = present as [string, ...string[]];
  return [
    ...validateSource(first, spec[first], spec, path),
    ...others.map((field) => forbiddenField(`${path}.${field}`, 'may not specify more than 1 volume type')),
  ];
}

function validateSpec(spec: Part, path: string, old?: Part): FieldError[] {
  const modes: string[] = spec.accessModes ?? [];
  const errors = modes.length === 0 ? [required(`${path}.accessModes`)] : [];
  errors.push(...validateAccessModes(modes, `${path}.accessModes`), ...validateCapacity(spec.capacity, `${path}.capacity`));
  const policy = spec.persistentVolumeReclaimPolicy;
  if (policy && !RECLAIM_POLICIES.includes(policy)) errors.push(notSupported(`${path}.persistentVolumeReclaimPolicy`, policy, RECLAIM_POLICIES));
  errors.push(...validateNodeAffinity(spec.nodeAffinity, `${path}.nodeAffinity`, old?.nodeAffinity), ...validateSources(spec, path));
  if (policy === 'Recycle' && /^\/+\.?$/.test(spec.hostPath?.path ?? '')) {
    errors.push(forbiddenField(`${path}.persistentVolumeReclaimPolicy`, "may not be 'recycle' for a hostPath mount of '/'"));
  }
  if (spec.storageClassName) errors.push(...validateDnsSubdomain(spec.storageClassName, `${path}.storageClassName`));
  errors.push(...validateVolumeMode(spec.volumeMode, `${path}.volumeMode`));
  const attributes: string | undefined = spec.volumeAttributesClassName;
  if (attributes === undefined) return errors;
  const at = `${path}.volumeAttributesClassName`;
  errors.push(...(attributes === '' ? [required(at, 'an empty string is disallowed')] : validateDnsSubdomain(attributes, at)));
  if (!spec.csi) errors.push(required(`${path}.csi`, 'has to be specified when using volumeAttributesClassName'));
  return errors;
}

export const validate = ({ spec }: KubeObject): FieldError[] => validateSpec(spec, 'spec');

const sourceOf = (spec: Part): Part => Object.fromEntries(SOURCES.filter((field) => spec?.[field]).map((field) => [field, spec[field]]));

export function validateUpdate(volume: KubeObject, old: KubeObject): FieldError[] {
  const errors = validateSpec(volume.spec, 'spec', old.spec);
  const [source, before] = [withoutNewSecret(sourceOf(volume.spec), old.spec), sourceOf(old.spec)];
  if (!semanticEqual(source, before)) {
    const difference = goDiff('PersistentVolumeSource', before, source);
    errors.push(forbiddenField('spec.persistentvolumesource', `spec.persistentvolumesource is immutable after creation\n${difference}`));
  }
  errors.push(...validateImmutable(volume.spec.volumeMode, old.spec.volumeMode, 'volumeMode'));
  if (old.spec.nodeAffinity) errors.push(...validateAffinityUpdate(volume.spec.nodeAffinity, old.spec.nodeAffinity));
  if (old.spec.volumeAttributesClassName !== undefined && volume.spec.volumeAttributesClassName === undefined) {
    errors.push(forbiddenField('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'));
  }
  return errors;
}
