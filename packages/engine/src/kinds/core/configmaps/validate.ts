import { type FieldError, forbiddenField, invalid, tooLong } from '../../../machinery/field.ts';
import { semanticEqual } from '../../shared/equal.ts';
import { eachInvalid, type Part, sortedKeys } from '../../shared/fields.ts';
import { isConfigMapKey } from '../../shared/formats.ts';
import { byteLength } from '../../shared/text.ts';
import { base64Bytes } from '../base64.ts';

/** Models MaxSecretSize, which ConfigMaps share. */
export const PAYLOAD_BYTES_MAX = 1024 * 1024;

/** Upstream names the whole object by an empty path, which prints like this. */
const WHOLE_OBJECT = '[]';

/** Models ValidateConfigMap. */
export function validate(configMap: Part): FieldError[] {
  const { data, binaryData } = configMap as {
    data?: Record<string, string>;
    binaryData?: Record<string, string>;
  };
  const errors: FieldError[] = [];
  let totalBytes = 0;
  for (const key of sortedKeys(data)) {
    errors.push(...eachInvalid(`data[${key}]`, key, isConfigMapKey(key)));
    if (binaryData && Object.hasOwn(binaryData, key)) errors.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'));
    totalBytes += byteLength(data?.[key] ?? '');
  }
  for (const key of sortedKeys(binaryData)) {
    errors.push(...eachInvalid(`binaryData[${key}]`, key, isConfigMapKey(key)));
    totalBytes += base64Bytes(binaryData?.[key] ?? '');
  }
  if (totalBytes > PAYLOAD_BYTES_MAX) errors.push(tooLong(WHOLE_OBJECT, PAYLOAD_BYTES_MAX));
  return errors;
}

/** Models ValidateConfigMapUpdate. */
export const validateUpdate = (configMap: Part, old: Part): FieldError[] => [
  ...(old.immutable ? validateFrozen(configMap, old, ['data', 'binaryData']) : []),
  ...validate(configMap),
];

/** Once immutable, always immutable. */
export function validateFrozen(object: Part, old: Part, fields: readonly string[]): FieldError[] {
  const why = 'field is immutable when `immutable` is set';
  const errors = object.immutable ? [] : [forbiddenField('immutable', why)];
  for (const field of fields) if (!semanticEqual(object[field], old[field])) errors.push(forbiddenField(field, why));
  return errors;
}
