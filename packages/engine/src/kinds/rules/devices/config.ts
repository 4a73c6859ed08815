import { type FieldError, invalid, required, tooLong } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { byteLength } from '../../shared/text.ts';
import { validateDriverName } from './names.ts';

export const CONFIGS_MAX = 32;
const PARAMETERS_BYTES_MAX = 10 * 1024;

function validateParameters(parameters: unknown, path: string): FieldError[] {
  if (parameters === undefined || parameters === null) return [required(path)];
  if (byteLength(JSON.stringify(parameters)) > PARAMETERS_BYTES_MAX) return [tooLong(path, PARAMETERS_BYTES_MAX)];
  const isObject = typeof parameters === 'object' && !Array.isArray(parameters);
  return isObject ? [] : [invalid(path, '<value omitted>', 'must be a valid JSON object')];
}

/** What a driver is told and nobody else understands. Models validateDeviceConfiguration in pkg/apis/resource/validation/validation.go. */
export function validateDeviceConfig({ opaque }: Part, path: string): FieldError[] {
  const at = `${path}.opaque`;
  if (!opaque) return [required(at)];
  return [...validateDriverName(opaque.driver, `${at}.driver`), ...validateParameters(opaque.parameters, `${at}.parameters`)];
}
