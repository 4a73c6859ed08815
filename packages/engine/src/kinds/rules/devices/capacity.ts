import { addQuantities, compareQuantities, formatQuantity, parseQuantity, quantityValue } from '../../../machinery/decode/quantity.ts';
import { type FieldError, forbiddenField, invalid, required } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { validateSet } from './lists.ts';

// Models validateRequestPolicy in pkg/apis/resource/validation/validation.go.
const VALUES_MAX = 10;

const exceeds = (a: string, b: string): boolean => compareQuantities(a, b) > 0;

/** The amounts one may ask for, in order; what one gets unasked is among them. */
function validateValues(values: string[], byDefault: string, capacity: string, path: string): FieldError[] {
  const unordered = values.flatMap((value, i) =>
    i > 0 && exceeds(values[i - 1] as string, value) ? [invalid(`${path}[${i}]`, value, 'values must be sorted in ascending order')] : [],
  );
  const keyOf = (value: string): string => String(quantityValue(value));
  const items = validateSet(values, VALUES_MAX, path, keyOf, (value, at) =>
    exceeds(value, capacity) ? [invalid(at, value, `option is larger than capacity value: ${capacity}`)] : [],
  );
  const hasDefault = values.some((value) => compareQuantities(value, byDefault) === 0);
  return [...unordered, ...items, ...(hasDefault ? [] : [invalid(path, byDefault, 'default value is not valid according to the requestPolicy')])];
}

function validateStep(range: Part, byDefault: string, capacity: string, path: string): FieldError[] {
  const { min, max, step } = range as Record<string, string>;
  if (min === undefined || step === undefined) return [];
  const first = formatQuantity(addQuantities(parseQuantity(min), parseQuantity(step)));
  const errors = exceeds(first, capacity) ? [invalid(path, step, `one step ${first} is larger than capacity value: ${capacity}`)] : [];
  const size = quantityValue(step);
  for (const value of max === undefined ? [byDefault] : [byDefault, max]) {
    if (size === 0 || (quantityValue(value) - quantityValue(min)) % size === 0) continue;
    errors.push(invalid(path, value, `value is not a multiple of a given step (${step}) from (${min})`));
  }
  return errors;
}

function validateRange(range: Part, byDefault: string, capacity: string, path: string): FieldError[] {
  const { min, max } = range as Record<string, string>;
  if (min === undefined) return [required(`${path}.min`, 'required when validRange is defined')];
  const errors: FieldError[] = [];
  const check = (bad: boolean, field: string, value: string, detail: string): void => {
    if (bad) errors.push(invalid(`${path}.${field}`, value, detail));
  };
  check(exceeds(min, capacity), 'min', min, `min is larger than capacity value: ${capacity}`);
  check(exceeds(min, byDefault), 'min', byDefault, `default is less than min: ${min}`);
  if (max !== undefined) {
    check(exceeds(min, max), 'max', min, `min is larger than max: ${max}`);
    check(exceeds(max, capacity), 'max', max, `max is larger than capacity value: ${capacity}`);
    check(exceeds(byDefault, max), 'max', byDefault, `default is more than max: ${max}`);
  }
  return [...errors, ...validateStep(range, byDefault, capacity, `${path}.step`)];
}

const ONE_POLICY = 'exactly one policy can be specified, cannot specify "validValues" and "validRange" at the same time';

/** How much of a capacity one may ask for, where a device has many users. */
export function validateCapacity({ value = '0', requestPolicy: policy }: Part, isShared: boolean, path: string): FieldError[] {
  if (!policy) return [];
  const at = `${path}.requestPolicy`;
  if (!isShared) return [forbiddenField(at, 'allowMultipleAllocations must be true')];
  const { validValues = [], validRange, default: byDefault } = policy;
  if (validValues.length > 0 && validRange) return [forbiddenField(at, ONE_POLICY)];
  if (validValues.length === 0 && !validRange) return [];
  const field = validRange ? 'validRange' : 'validValues';
  if (byDefault === undefined) return [required(`${at}.default`, `required when ${field} is defined`)];
  return validRange ? validateRange(validRange, byDefault, value, `${at}.${field}`) : validateValues(validValues, byDefault, value, `${at}.${field}`);
}
