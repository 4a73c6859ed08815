import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, forbiddenField, required } from '../../../machinery/field.ts';
import { validateParameters } from '../../rules/storage.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { validateQualifiedName } from '../../shared/fields.ts';

// Models ValidateVolumeAttributesClass* in pkg/apis/storage/validation/validation.go.
export function validate({ driverName = '', parameters }: KubeObject): FieldError[] {
  const errors = driverName === '' ? [required('driverName')] : validateQualifiedName(driverName.toLowerCase(), 'driverName');
  errors.push(...validateParameters(parameters, 'parameters'));
  if (Object.keys(parameters ?? {}).length === 0) errors.push(required('parameters', 'must contain at least one key/value pair'));
  return errors;
}

export const validateUpdate = (attributes: KubeObject, old: KubeObject): FieldError[] =>
  ['driverName', 'parameters']
    .filter((field) => !semanticEqual(attributes[field], old[field]))
    .map((field) => forbiddenField(field, `updates to ${field} are forbidden.`));
