import { duplicate, type FieldError, tooMany } from '../../../machinery/field.ts';

type ValidateItem<T> = (item: T, path: string) => FieldError[];

/** The items of a list, unless there are more than it may have. Models validateSlice in pkg/apis/resource/validation/validation.go. */
export function validateList<T>(items: readonly T[] | undefined, max: number, path: string, validateItem: ValidateItem<T>): FieldError[] {
  if (!items) return [];
  return items.length > max ? [tooMany(path, items.length, max)] : items.flatMap((item, i) => validateItem(item, `${path}[${i}]`));
}

/** A list that has no key twice. Models validateSet. */
export function validateSet<T>(
  items: readonly T[] | undefined,
  max: number,
  path: string,
  keyOf: (item: T) => string,
  validateItem: ValidateItem<T>,
): FieldError[] {
  const errors = validateList(items, max, path, validateItem);
  if (!items || items.length > max) return errors;
  const keys = items.map(keyOf);
  return [...errors, ...keys.flatMap((key, i) => (keys.indexOf(key) < i ? [duplicate(`${path}[${i}]`, key)] : []))];
}
