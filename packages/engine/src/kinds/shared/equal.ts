import { type FieldError, invalid } from '../../machinery/field.ts';

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value as object).length === 0);

/** Models apiequality.Semantic.DeepEqual on decoded JSON: an empty list or map equals an absent one. */
export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isEmpty(a) && isEmpty(b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a)) return a.length === (b as unknown[]).length && a.every((item, i) => semanticEqual(item, (b as unknown[])[i]));
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const own = (map: Record<string, unknown>, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => semanticEqual(own(left, key), own(right, key)));
}

export const FIELD_IS_IMMUTABLE = 'field is immutable';

/** @param show the value as the server's internal type prints it, where that has a shape of its own. */
export const validateImmutable = (value: unknown, old: unknown, path: string, show: (value: any) => unknown = (v) => v): FieldError[] =>
  semanticEqual(value, old) ? [] : [invalid(path, show(value), FIELD_IS_IMMUTABLE)];
