import type { Json } from './components.ts';

const V3 = '#/components/schemas/';
/** OpenAPI 2 has no words for these. Models ToStructuralOpenAPIV2 of k8s.io/apiextensions-apiserver. */
const WORDLESS = ['oneOf', 'anyOf', 'allOf', 'not', 'nullable'];
const CONTENT = ['type', 'items', 'properties', 'additionalProperties'];

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const without = (schema: Json, keys: readonly string[]): Json => Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));

/** What stands beside a reference in version 3 is an `allOf` of one; version 2 puts it beside. */
function flattened(schema: Json): Json {
  const [only, ...more] = Array.isArray(schema.allOf) ? (schema.allOf as Json[]) : [];
  if (!only || more.length > 0 || typeof only.$ref !== 'string') return schema;
  return { ...without(schema, ['allOf', 'default']), $ref: only.$ref };
}

function simplified(schema: Json): Json {
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') {
    return { ...without(schema, [...WORDLESS, ...CONTENT]), type: 'string', format: 'int-or-string' };
  }
  // Whatever may be null, or hold what no schema tells of, would be refused by clients that took the rest at its word.
  if (schema.nullable === true || schema['x-kubernetes-preserve-unknown-fields'] === true) return without(schema, [...WORDLESS, ...CONTENT]);
  const [first] = Array.isArray(schema.oneOf) && schema.type === undefined ? (schema.oneOf as Json[]) : [];
  return { ...(first?.type ? { type: first.type } : {}), ...without(schema, WORDLESS) };
}

export const mapped = (schemas: Json): Json =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, isObject(schema) ? toV2(schema) : schema]));

/** A schema in the words of OpenAPI 2. */
export function toV2(written: Json): Json {
  const schema = simplified(flattened(written));
  const made: Json = { ...schema };
  if (typeof made.$ref === 'string') made.$ref = made.$ref.replace(V3, '#/definitions/');
  if (isObject(made.properties)) made.properties = mapped(made.properties);
  for (const keyword of ['items', 'additionalProperties']) if (isObject(made[keyword])) made[keyword] = toV2(made[keyword] as Json);
  return made;
}
