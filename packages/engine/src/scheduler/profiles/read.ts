/** A configuration that says what cannot be. */
export class ConfigurationError extends Error {}

type Fields = Record<string, unknown>;

const mistaken = (path: string, wanted: string): ConfigurationError => new ConfigurationError(`${path}: Invalid value: must be ${wanted}`);

export function record(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mistaken(path, 'an object');
  return value as Fields;
}

export function list(value: unknown, path: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw mistaken(path, 'a list');
  return value;
}

export function text(value: unknown, path: string, otherwise = ''): string {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'string') throw mistaken(path, 'a text');
  return value;
}

export function number(value: unknown, path: string, otherwise = 0): number {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw mistaken(path, 'a whole number');
  return value;
}
