import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../machinery/field.ts';
import { validateClaimSpec } from '../../shared/claims.ts';
import { FIELD_IS_IMMUTABLE, semanticEqual, validateImmutable } from '../../shared/equal.ts';
import { eachInvalid, ownValue, type Part, sortedKeys } from '../../shared/fields.ts';
import { goDiff } from '../../shared/go/diff.ts';
import { isQualifiedName } from '../../shared/names.ts';
import { compareQuantity, nano, wholeUnits } from '../../shared/quantity.ts';
import { validateResourceQuantity } from '../../shared/resources.ts';

// Models ValidatePersistentVolumeClaim* in pkg/apis/core/validation/validation.go.
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

export const validate = ({ spec }: KubeObject): FieldError[] => validateClaimSpec(spec, 'spec');

const classOf = (claim: KubeObject): string | undefined => ownValue(claim.metadata.annotations, CLASS_ANNOTATION);

/** The class that was an annotation once may move to its field. */
function movesClass(claim: KubeObject, old: KubeObject): boolean {
  const before = classOf(old);
  const now = classOf(claim);
  const given: string | undefined = claim.spec.storageClassName;
  return before !== undefined && old.spec.storageClassName === undefined && given === before && (now === undefined || now === before);
}

/** The claim as it is, with what may have changed put back. */
function restored(claim: KubeObject, old: KubeObject): Part {
  const spec = { ...claim.spec };
  const annotation = classOf(old);
  if (old.spec.storageClassName === undefined && (annotation === undefined || spec.storageClassName === annotation)) delete spec.storageClassName;
  if (claim.status?.phase !== 'Bound') return spec;
  const requests = spec.resources?.requests;
  if (requests) spec.resources = { ...spec.resources, requests: { ...requests, storage: old.spec.resources?.requests?.storage } };
  return { ...spec, volumeAttributesClassName: old.spec.volumeAttributesClassName };
}

const IMMUTABLE = 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

function validateSpecUpdate(claim: KubeObject, old: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  if (!movesClass(claim, old) && (classOf(claim) ?? '') !== (classOf(old) ?? '')) {
    errors.push(invalid(`metadata.annotations.${CLASS_ANNOTATION}`, classOf(claim) ?? '', FIELD_IS_IMMUTABLE));
  }
  // The name of the volume is the binder's to set, once.
  const before = old.spec.volumeName ? old.spec : { ...old.spec, volumeName: claim.spec.volumeName };
  const after = restored(claim, old);
  if (semanticEqual(after, before)) return errors;
  return [...errors, forbiddenField('spec', `${IMMUTABLE}\n${goDiff('PersistentVolumeClaimSpec', before, after)}`)];
}

function validateAttributesClass(claim: KubeObject, old: KubeObject): FieldError[] {
  const name: string | undefined = claim.spec.volumeAttributesClassName;
  if (name || name === old.spec.volumeAttributesClassName || old.status?.currentVolumeAttributesClassName === undefined) return [];
  const what = name === undefined ? 'nil' : 'empty string';
  return [forbiddenField('spec.volumeAttributesClassName', `update to ${what} is forbidden when status.currentVolumeAttributesClassName is not nil`)];
}

export function validateUpdate(claim: KubeObject, old: KubeObject): FieldError[] {
  const errors = [...validate(claim), ...validateSpecUpdate(claim, old)];
  const [size, oldSize] = [claim.spec.resources?.requests?.storage, old.spec.resources?.requests?.storage];
  if (compareQuantity(size, oldSize) < 0 && compareQuantity(size, old.status?.capacity?.storage) <= 0) {
    errors.push(forbiddenField('spec.resources.requests.storage', 'field can not be less than status.capacity'));
  }
  return [...errors, ...validateImmutable(claim.spec.volumeMode, old.spec.volumeMode, 'volumeMode'), ...validateAttributesClass(claim, old)];
}

const RESIZE_STATES = [
  'ControllerResizeInProgress',
  'ControllerResizeInfeasible',
  'NodeResizePending',
  'NodeResizeInProgress',
  'NodeResizeInfeasible',
].sort();

/** Models validatePersistentVolumeClaimResourceKey. */
function validateResourceKey(name: string, path: string): FieldError[] {
  const errors = eachInvalid(path, name, isQualifiedName(name));
  const isNative = !name.includes('/') || name.includes('kubernetes.io/');
  return errors.length > 0 || !isNative || name === 'storage' ? errors : [notSupported(path, name, ['storage'])];
}

const validateAmount = (quantity: string, path: string): FieldError[] =>
  nano(quantity) < 0n ? [invalid(path, Number(wholeUnits(quantity)), 'must be a valid resource quantity')] : [];

function validateAllocated(name: string, quantity: string): FieldError[] {
  const path = 'status.allocatedResources';
  const errors = validateResourceKey(name, path);
  if (errors.length > 0) return errors;
  const amount = validateAmount(quantity, `${path}[${name}]`);
  return amount.length > 0 ? amount : validateResourceQuantity('storage', quantity, `${path}[${name}]`);
}

/** Models ValidatePersistentVolumeClaimStatusUpdate. */
export function validateStatusUpdate({ spec, status = {} }: KubeObject): FieldError[] {
  const states = 'status.allocatedResourceStatuses';
  return [
    ...((spec.accessModes?.length ?? 0) === 0 ? [required('Spec.accessModes')] : []),
    ...sortedKeys(status.capacity).flatMap((name) => validateAmount(status.capacity[name], `status.capacity[${name}]`)),
    ...sortedKeys(status.allocatedResourceStatuses).flatMap((name) => [
      ...validateResourceKey(name, states),
      ...(RESIZE_STATES.includes(status.allocatedResourceStatuses[name]) ? [] : [notSupported(states, name, RESIZE_STATES)]),
    ]),
    ...sortedKeys(status.allocatedResources).flatMap((name) => validateAllocated(name, status.allocatedResources[name])),
  ];
}
