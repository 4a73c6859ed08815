import { type FieldError, invalid } from '../../machinery/field.ts';

/** An Invalid that leaves the value out, as field.OmitValueType does. */
export const invalidBare = (path: string, detail: string): FieldError => ({
  type: 'FieldValueInvalid',
  field: path,
  body: `Invalid value: ${detail}`,
});

/** An Invalid whose value was nil. */
export const invalidNil = (path: string, detail: string): FieldError => invalid(path, null, detail);

/** Go's %q of a list of strings. */
export const quotedList = (values: readonly string[]): string => `[${values.map((value) => `"${value}"`).join(' ')}]`;
