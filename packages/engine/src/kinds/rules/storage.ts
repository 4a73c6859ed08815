import { type FieldError, forbiddenField, invalid, notSupported } from '../../machinery/field.ts';
import { type Part, sortedKeys } from '../shared/fields.ts';
import { nano } from '../shared/quantity.ts';

export const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
export const VOLUME_MODES = ['Block', 'Filesystem'];

const EXCLUSIVE = 'ReadWriteOncePod';

/** What claims and volumes say alike about their modes. */
export function validateAccessModes(modes: string[], path: string): FieldError[] {
  const errors = modes.filter((mode) => !ACCESS_MODES.includes(mode)).map((mode) => notSupported(path, mode, ACCESS_MODES));
  if (modes.includes(EXCLUSIVE) && modes.some((mode) => mode !== EXCLUSIVE)) {
    errors.push(forbiddenField(path, 'may not use ReadWriteOncePod with other access modes'));
  }
  return errors;
}

export const validateVolumeMode = (mode: string | undefined, path: string): FieldError[] =>
  mode === undefined || VOLUME_MODES.includes(mode) ? [] : [notSupported(path, mode, VOLUME_MODES)];

/** Models ValidatePositiveQuantityValue. */
export const positiveQuantity = (quantity: string | number, path: string): FieldError[] =>
  nano(quantity) > 0n ? [] : [invalid(path, String(quantity), 'must be greater than zero')];

const PARAMETERS_MAX = 512;
const PARAMETERS_BYTES_MAX = 256 * 1024;

/** Models validateParameters in pkg/apis/storage/validation/validation.go. */
export function validateParameters(parameters: Part, path: string): FieldError[] {
  const keys = sortedKeys(parameters);
  if (keys.length > PARAMETERS_MAX) {
    return [{ type: 'FieldValueTooLong', field: 'Provisioner Parameters', body: `Too long: may not be more than ${PARAMETERS_MAX} bytes` }];
  }
  const errors: FieldError[] = [];
  if (keys.includes('')) errors.push(invalid(path, '', 'field can not be empty.'));
  const totalBytes = keys.reduce((sum, key) => sum + key.length + String(parameters[key]).length, 0);
  if (totalBytes > PARAMETERS_BYTES_MAX) {
    errors.push({ type: 'FieldValueTooLong', field: path, body: `Too long: may not be more than ${PARAMETERS_BYTES_MAX} bytes` });
  }
  return errors;
}
