import { type FieldError, invalid } from '../../machinery/field.ts';
import { eachInvalid, validateNonNegative } from '../shared/fields.ts';
import { isPercent as percentMessages } from '../shared/formats.ts';

export type IntOrString = number | string;

const isPercent = (value: unknown): value is string => typeof value === 'string' && percentMessages(value).length === 0;

/** Models ValidatePositiveIntOrPercent in pkg/apis/apps/validation. */
export function positiveIntOrPercent(value: IntOrString | undefined, path: string): FieldError[] {
  if (typeof value === 'string') return eachInvalid(path, value, percentMessages(value));
  return validateNonNegative(value, path);
}

/** The figure before the percent sign, or the whole number; 0 for what is neither. */
export function intOrPercentValue(value: IntOrString | undefined): number {
  if (isPercent(value)) return Number.parseInt(value, 10);
  if (typeof value === 'string') return /^[+-]?\d+$/.test(value) ? Number.parseInt(value, 10) : 0;
  return value ?? 0;
}

export const notMoreThan100Percent = (value: IntOrString | undefined, path: string): FieldError[] =>
  isPercent(value) && Number.parseInt(value, 10) > 100 ? [invalid(path, value, 'must not be greater than 100%')] : [];
