import { type JsonSchema, valuesOf } from '../schema/types.ts';

const TOKEN = /\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/y;

/** The names of a path such as `.spec['a.b']`; undefined if it is none. */
export function fieldPathNames(path: string): string[] | undefined {
  const names: string[] = [];
  let at = 0;
  while (at < path.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(path);
    if (!found) return undefined;
    names.push(found[1] ?? (found[2] as string).replace(/\\(.)/g, '$1'));
    at = TOKEN.lastIndex;
  }
  return names;
}

/** Where below the rule's own value a finding is reported. Models ValidFieldPath. */
export function normalizedFieldPath(path: string, schema: JsonSchema): string {
  let out = '';
  let at: JsonSchema | undefined = schema;
  for (const name of fieldPathNames(path) ?? []) {
    const isNamed: boolean = at?.properties !== undefined;
    out += isNamed ? (out === '' ? name : `.${name}`) : `[${name}]`;
    at = isNamed ? at?.properties?.[name] : at && valuesOf(at);
  }
  return out;
}

/** The schema of what a path leads to. */
export function schemaAt(schema: JsonSchema, names: readonly string[]): JsonSchema | undefined {
  let at: JsonSchema | undefined = schema;
  for (const name of names) {
    const named: Record<string, JsonSchema> | undefined = at?.properties;
    at = named ? (Object.hasOwn(named, name) ? named[name] : undefined) : at && valuesOf(at);
  }
  return at;
}

export function fieldPathProblems(path: string, schema: JsonSchema): string[] {
  const problems: string[] = [];
  if (path.trim() === '') problems.push('fieldPath must be non-empty if specified');
  if (/[\n\r]/.test(path)) problems.push('fieldPath must not contain line breaks');
  const names = fieldPathNames(path);
  if (names === undefined || names.length === 0 || !schemaAt(schema, names)) problems.push('fieldPath must be a valid path');
  return problems;
}
