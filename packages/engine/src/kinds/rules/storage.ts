import { type FieldError, invalid } from '../../machinery/field.ts';
import { type Part, sortedKeys } from '../shared/fields.ts';

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
