import { duplicate, type FieldError } from '../../../machinery/field.ts';
import { canonicalText } from './canonical.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from './types.ts';

type Data = Record<string, unknown>;

/** A map list's items differ in their keys, a set's in everything. */
function identityOf(item: unknown, schema: JsonSchema): unknown {
  if (schema['x-kubernetes-list-type'] === 'set') return item;
  const keys = (schema['x-kubernetes-list-map-keys'] ?? []).map((key) => [key, (item as Data | null)?.[key]]);
  return Object.fromEntries(keys.filter(([, value]) => value !== undefined));
}

function duplicates(list: readonly unknown[], schema: JsonSchema, path: string): FieldError[] {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return [];
  const seen = new Set<string>();
  return list.flatMap((item, i) => {
    const identity = identityOf(item, schema);
    const text = canonicalText(identity);
    if (seen.has(text)) return [duplicate(`${path}[${i}]`, identity)];
    seen.add(text);
    return [];
  });
}

/** Models ValidateListSetsAndMaps in pkg/apiserver/schema/listtype of k8s.io/apiextensions-apiserver. */
export function validateLists(value: unknown, schema: JsonSchema, path: string): FieldError[] {
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    const below = items ? value.flatMap((item, i) => validateLists(item, items, `${path}[${i}]`)) : [];
    return [...duplicates(value, schema, path), ...below];
  }
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Data;
  const known = propertiesOf(schema).filter(([key]) => Object.hasOwn(object, key));
  const values = valuesOf(schema);
  const others = values ? Object.keys(object).filter((key) => !Object.hasOwn(schema.properties ?? {}, key)) : [];
  return [
    ...known.flatMap(([key, property]) => validateLists(object[key], property, path === '' ? key : `${path}.${key}`)),
    ...others.flatMap((key) => validateLists(object[key], values as JsonSchema, `${path}[${key}]`)),
  ];
}
