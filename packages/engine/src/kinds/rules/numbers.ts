import { type FieldError, invalid } from '../../machinery/field.ts';
import { type Part, validateNonNegative } from '../shared/fields.ts';

/** ValidateNonnegativeField over a list of optional fields of one object, in the order given. */
export const allNonNegative = (object: Part, fields: readonly string[], path: string): FieldError[] =>
  fields.flatMap((field) => validateNonNegative(object?.[field], `${path}.${field}`));

/** Models IsDecremented: a counter that may only grow. */
export const notDecremented = (value: number | undefined, old: number | undefined, path: string): FieldError[] =>
  old !== undefined && (value === undefined || value < old) ? [invalid(path, value ?? 0, 'cannot be decremented')] : [];

/** One finding where a field exceeds another figure of the status. */
export const notGreater = (value: number | undefined, limit: number | undefined, path: string, message: string): FieldError[] =>
  (value ?? 0) > (limit ?? 0) ? [invalid(path, value ?? 0, message)] : [];
