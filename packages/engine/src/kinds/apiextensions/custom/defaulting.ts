import { copyJson, setOwn } from '../../../core/json.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from '../schema/types.ts';

type Data = Record<string, unknown>;

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

const isRefusedNull = (value: unknown, schema: JsonSchema): boolean => value === null && !schema.nullable;

function defaultField(object: Data, key: string, property: JsonSchema): void {
  const isMissing = !Object.hasOwn(object, key) || isRefusedNull(object[key], property);
  if (isMissing && property.default !== undefined) setOwn(object, key, copyJson(property.default));
  if (!Object.hasOwn(object, key)) return;
  // A null where none may be says as much as absence.
  if (isRefusedNull(object[key], property)) delete object[key];
  else applyDefaults(object[key], property);
}

/** Fills in the defaults of a schema, in place. Models pkg/apiserver/schema/defaulting of k8s.io/apiextensions-apiserver. */
export function applyDefaults(value: unknown, schema: JsonSchema): void {
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    if (items) for (const item of value) applyDefaults(item, items);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, property] of propertiesOf(schema)) defaultField(value, key, property);
  const values = valuesOf(schema);
  if (!values) return;
  for (const key of Object.keys(value)) if (!Object.hasOwn(schema.properties ?? {}, key)) defaultField(value, key, values);
}

/** Whether there is anything to fill in. */
export function hasDefaults(schema: JsonSchema): boolean {
  const below = [...propertiesOf(schema).map(([, property]) => property), itemsOf(schema), valuesOf(schema)];
  return schema.default !== undefined || below.some((each) => each !== undefined && hasDefaults(each));
}
