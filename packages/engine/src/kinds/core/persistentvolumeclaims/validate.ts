import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, required } from '../../../machinery/field.ts';
import { positiveQuantity, validateAccessModes, validateVolumeMode } from '../../rules/storage.ts';
import { semanticEqual, validateImmutable } from '../../shared/equal.ts';
import { type Part, sortedKeys, validateDnsSubdomain } from '../../shared/fields.ts';
import { validateLabelSelector } from '../../shared/labels.ts';
import { compareQuantity, nano } from '../../shared/quantity.ts';
import { validateResourceQuantity } from '../../shared/resources.ts';

// Models ValidatePersistentVolumeClaim* in pkg/apis/core/validation/validation.go.

function validateStorage(storage: string | undefined, path: string): FieldError[] {
  if (storage === undefined) return [required(path)];
  const errors = positiveQuantity(storage, path);
  return errors.length > 0 ? errors : validateResourceQuantity('storage', storage, path);
}

function validateSource(source: Part, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!source.name) errors.push(required(`${path}.name`));
  if (!source.kind) errors.push(required(`${path}.kind`));
  if (!source.apiGroup && source.kind !== 'PersistentVolumeClaim') {
    errors.push(invalid(path, source.kind ?? '', `must be 'PersistentVolumeClaim' when referencing the default apiGroup`));
  }
  return errors;
}

function validateSources(spec: Part, path: string): FieldError[] {
  const { dataSource, dataSourceRef } = spec;
  const errors: FieldError[] = [];
  if (dataSource) errors.push(...validateSource(dataSource, `${path}.dataSource`));
  if (dataSourceRef) errors.push(...validateSource(dataSourceRef, `${path}.dataSourceRef`));
  if (!dataSource || !dataSourceRef) return errors;
  if (dataSourceRef.namespace) errors.push(invalid(path, `${path}.dataSource`, 'may not be specified when dataSourceRef.namespace is specified'));
  else if (!semanticEqual(dataSource, dataSourceRef)) errors.push(invalid(path, `${path}.dataSource`, 'must match dataSourceRef'));
  return errors;
}

/** Also what a template of claims has to say. */
export function validateClaimSpec(spec: Part, path: string): FieldError[] {
  const modes: string[] = spec.accessModes ?? [];
  const errors = modes.length === 0 ? [required(`${path}.accessModes`, 'at least 1 access mode is required')] : [];
  errors.push(...validateLabelSelector(spec.selector, `${path}.selector`), ...validateAccessModes(modes, `${path}.accessModes`));
  errors.push(...validateStorage(spec.resources?.requests?.storage, `${path}.resources[storage]`));
  if (spec.storageClassName) errors.push(...validateDnsSubdomain(spec.storageClassName, `${path}.storageClassName`));
  errors.push(...validateVolumeMode(spec.volumeMode, `${path}.volumeMode`), ...validateSources(spec, path));
  if (spec.volumeAttributesClassName) errors.push(...validateDnsSubdomain(spec.volumeAttributesClassName, `${path}.volumeAttributesClassName`));
  return errors;
}

export const validate = ({ spec }: KubeObject): FieldError[] => validateClaimSpec(spec, 'spec');

/** The claim as it was, with what may change taken from the claim as it is. */
function allowedSpec(claim: KubeObject, old: KubeObject): Part {
  const allowed = { ...old.spec, volumeAttributesClassName: claim.spec.volumeAttributesClassName };
  if (!old.spec.volumeName) allowed.volumeName = claim.spec.volumeName;
  if (old.spec.storageClassName === undefined && claim.spec.storageClassName) allowed.storageClassName = claim.spec.storageClassName;
  if (claim.status?.phase === 'Bound') {
    const storage = claim.spec.resources?.requests?.storage;
    allowed.resources = { ...allowed.resources, requests: { ...allowed.resources?.requests, storage } };
  }
  return allowed;
}

const IMMUTABLE = 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

export function validateUpdate(claim: KubeObject, old: KubeObject): FieldError[] {
  const errors = validate(claim);
  if (!semanticEqual(claim.spec, allowedSpec(claim, old))) errors.push(forbiddenField('spec', IMMUTABLE));
  const [size, oldSize] = [claim.spec.resources?.requests?.storage, old.spec.resources?.requests?.storage];
  if (compareQuantity(size, oldSize) < 0 && compareQuantity(size, old.status?.capacity?.storage) <= 0) {
    errors.push(forbiddenField('spec.resources.requests.storage', 'field can not be less than status.capacity'));
  }
  errors.push(...validateImmutable(claim.spec.volumeMode, old.spec.volumeMode, 'spec.volumeMode'));
  if (old.spec.volumeAttributesClassName && !claim.spec.volumeAttributesClassName) {
    errors.push(forbiddenField('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'));
  }
  return errors;
}

/** Models ValidatePersistentVolumeClaimStatusUpdate. */
export function validateStatusUpdate({ spec, status }: KubeObject): FieldError[] {
  const errors = (spec.accessModes?.length ?? 0) === 0 ? [required('spec.accessModes')] : [];
  for (const resource of sortedKeys(status?.capacity)) {
    const quantity = status.capacity[resource];
    if (nano(quantity) < 0n) errors.push(invalid(`status.capacity[${resource}]`, Number(quantity), 'must be a valid resource quantity'));
  }
  return errors;
}
