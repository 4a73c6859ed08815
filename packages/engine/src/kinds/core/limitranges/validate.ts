import type { KubeObject } from '../../../core/object.ts';
import { duplicate, type FieldError, forbiddenField, invalid, required } from '../../../machinery/field.ts';
import { eachInvalid, type Part, sortedKeys } from '../../shared/fields.ts';
import { isQualifiedName } from '../../shared/names.ts';
import { compareQuantity, milliUnits, nano } from '../../shared/quantity.ts';
import { isExtendedResource, isHugePageResource, validateContainerResourceName, validateResourceName } from '../../shared/resources.ts';

// Models ValidateLimitRange in pkg/apis/core/validation/validation.go.
const TYPES = ['Container', 'PersistentVolumeClaim', 'Pod'];

function validateType(type: string, path: string): FieldError[] {
  const errors = eachInvalid(path, type, isQualifiedName(type));
  if (errors.length > 0 || type.includes('/') || TYPES.includes(type)) return errors;
  return [invalid(path, type, 'must be a standard limit type or fully qualified')];
}

function validateNames(item: Part, field: string, path: string): FieldError[] {
  const validateName = item.type === 'Pod' || item.type === 'Container' ? validateContainerResourceName : validateResourceName;
  return sortedKeys(item[field]).flatMap((name) => validateName(name, `${path}.${field}[${name}]`));
}

function validateDefaultFields(item: Part, path: string): FieldError[] {
  const fields = ['default', 'defaultRequest'];
  if (item.type !== 'Pod') return fields.flatMap((field) => validateNames(item, field, path));
  return fields
    .filter((field) => Object.keys(item[field] ?? {}).length > 0)
    .map((field) => forbiddenField(`${path}.${field}`, "may not be specified when `type` is 'Pod'"));
}

type Quantity = string | undefined;

const exceeds = (a: Quantity, b: Quantity): boolean => a !== undefined && b !== undefined && compareQuantity(a, b) > 0;

function validateRatio(ratio: Quantity, min: Quantity, max: Quantity, path: string): FieldError[] {
  if (ratio === undefined) return [];
  const errors = compareQuantity(ratio, '1') < 0 ? [invalid(path, ratio, `ratio ${ratio} is less than 1`)] : [];
  if (min === undefined || max === undefined) return errors;
  const limit = Number(milliUnits(max)) / Number(milliUnits(min));
  if (Number(milliUnits(ratio)) / 1000 > limit) errors.push(invalid(path, ratio, `ratio ${ratio} is greater than max/min = ${limit.toFixed(6)}`));
  return errors;
}

/** The bounds of one resource against each other. */
function validateBounds(item: Part, name: string, path: string): FieldError[] {
  const of = (field: string): Quantity => {
    const amounts = item[field] ?? {};
    return Object.hasOwn(amounts, name) ? String(amounts[name]) : undefined;
  };
  const [min, max, limit, request] = [of('min'), of('max'), of('default'), of('defaultRequest')];
  const at = (field: string): string => `${path}.${field}[${name}]`;
  const errors: FieldError[] = [];
  const check = (bad: boolean, field: string, value: Quantity, detail: string): void => {
    if (bad) errors.push(invalid(at(field), value, detail));
  };
  check(exceeds(min, max), 'min', min, `min value ${min} is greater than max value ${max}`);
  check(exceeds(min, request), 'defaultRequest', request, `min value ${min} is greater than default request value ${request}`);
  check(exceeds(request, max), 'defaultRequest', request, `default request value ${request} is greater than max value ${max}`);
  check(exceeds(request, limit), 'defaultRequest', request, `default request value ${request} is greater than default limit value ${limit}`);
  check(exceeds(min, limit), 'default', min, `min value ${min} is greater than default value ${limit}`);
  check(exceeds(limit, max), 'default', max, `default value ${limit} is greater than max value ${max}`);
  errors.push(...validateRatio(of('maxLimitRequestRatio'), min, max, at('maxLimitRequestRatio')));
  const overcommit = !isHugePageResource(name) && !isExtendedResource(name);
  const differ = limit !== undefined && request !== undefined && nano(limit) !== nano(request);
  check(!overcommit && differ, 'defaultRequest', request, `default value ${limit} must equal to defaultRequest value ${request} in ${name}`);
  return errors;
}

function validateItem(item: Part, path: string): FieldError[] {
  const errors = [...validateNames(item, 'max', path), ...validateNames(item, 'min', path), ...validateDefaultFields(item, path)];
  if (item.type === 'PersistentVolumeClaim' && item.min?.storage === undefined && item.max?.storage === undefined) {
    errors.push(required(`${path}.limits`, 'either minimum or maximum storage value is required, but neither was provided'));
  }
  errors.push(...validateNames(item, 'maxLimitRequestRatio', path));
  const fields = item.type === 'Pod' ? ['max', 'min', 'maxLimitRequestRatio'] : ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];
  const names = new Set(fields.flatMap((field) => sortedKeys(item[field])));
  return [...errors, ...[...names].sort().flatMap((name) => validateBounds(item, name, path))];
}

export function validate({ spec }: KubeObject): FieldError[] {
  const seen = new Set<string>();
  return (spec.limits ?? []).flatMap((item: Part, i: number) => {
    const path = `spec.limits[${i}]`;
    const type = item.type ?? '';
    const errors = validateType(type, `${path}.type`);
    if (seen.has(type)) errors.push(duplicate(`${path}.type`, type));
    seen.add(type);
    return [...errors, ...validateItem(item, path)];
  });
}
