import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, notSupported, required } from '../../../machinery/field.ts';
import { validateParameters } from '../../rules/storage.ts';
import { semanticEqual, validateImmutable } from '../../shared/equal.ts';
import { validateQualifiedName } from '../../shared/fields.ts';
import { validateTopologies } from './topologies.ts';

// Models ValidateStorageClass* in pkg/apis/storage/validation/validation.go.
const RECLAIM_POLICIES = ['Delete', 'Retain'];
const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer'];

/** Provisioners are qualified names whatever their case. */
const validateProvisioner = (provisioner: string): FieldError[] =>
  provisioner === '' ? [required('provisioner')] : validateQualifiedName(provisioner.toLowerCase(), 'provisioner');

function validateBindingMode(mode: string | undefined): FieldError[] {
  if (mode === undefined) return [required('volumeBindingMode')];
  return BINDING_MODES.includes(mode) ? [] : [notSupported('volumeBindingMode', mode, BINDING_MODES)];
}

export function validate(storageClass: KubeObject): FieldError[] {
  const { provisioner = '', parameters, reclaimPolicy, volumeBindingMode, allowedTopologies = [] } = storageClass;
  const badPolicy = reclaimPolicy && !RECLAIM_POLICIES.includes(reclaimPolicy);
  return [
    ...validateProvisioner(provisioner),
    ...validateParameters(parameters, 'parameters'),
    ...(badPolicy ? [notSupported('reclaimPolicy', reclaimPolicy, RECLAIM_POLICIES)] : []),
    ...validateBindingMode(volumeBindingMode),
    ...validateTopologies(allowedTopologies, 'allowedTopologies'),
  ];
}

export const validateUpdate = (storageClass: KubeObject, old: KubeObject): FieldError[] => [
  ...['parameters', 'provisioner', 'reclaimPolicy']
    .filter((field) => !semanticEqual(storageClass[field], old[field]))
    .map((field) => forbiddenField(field, `updates to ${field} are forbidden.`)),
  ...validateImmutable(storageClass.volumeBindingMode, old.volumeBindingMode, 'volumeBindingMode'),
];
