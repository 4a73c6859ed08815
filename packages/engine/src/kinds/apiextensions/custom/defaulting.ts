import { copyJson } from '../../../core/json.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from '../schema/types.ts';

type Data = Record<string, unknown>;

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A null says the default where null itself is no value. */
const isMissing = (object: Data, key: string, property: JsonSchema): boolean =>
  !Object.hasOwn(object, key) || (object[key] === null && !property.nullable);

/** Fills in the defaults of a schema, in place. Models pkg/apiserver/schema/defaulting of k8s.io/apiextensions-apiserver. */
export function applyDefaults(value: unknown, schema: JsonSchema): void {
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    if (items) for (const item of value) applyDefaults(item, items);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, property] of propertiesOf(schema)) {
    if (property.default !== undefined && isMissing(value, key, property)) value[key] = copyJson(property.default);
    if (Object.hasOwn(value, key)) applyDefaults(value[key], property);
  }
  const values = valuesOf(schema);
  if (!values) return;
  for (const key of Object.keys(value)) if (!Object.hasOwn(schema.properties ?? {}, key)) applyDefaults(value[key], values);
}

/** Whether there is anything to fill in. */
export function hasDefaults(schema: JsonSchema): boolean {
  const below = [...propertiesOf(schema).map(([, property]) => property), itemsOf(schema), valuesOf(schema)];
  return schema.default !== undefined || below.some((each) => each !== undefined && hasDefaults(each));
}
