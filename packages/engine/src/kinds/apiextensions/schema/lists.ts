import { duplicate, type FieldError } from '../../../machinery/field.ts';
import { semanticEqual } from '../../shared/equal.ts';
import type { Part } from '../../shared/fields.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from './types.ts';

/** A map list's items differ in their keys, a set's in everything. */
function identityOf(item: unknown, schema: JsonSchema): unknown {
  if (schema['x-kubernetes-list-type'] === 'set') return item;
  return (schema['x-kubernetes-list-map-keys'] ?? []).map((key) => (item as Part)?.[key]);
}

/** Models ValidateListSetsAndMaps in pkg/apiserver/schema/listtype of k8s.io/apiextensions-apiserver. */
export function validateLists(value: unknown, schema: JsonSchema, path: string): FieldError[] {
  if (Array.isArray(value)) {
    const errors: FieldError[] = [];
    const type = schema['x-kubernetes-list-type'];
    if (type === 'set' || type === 'map') {
      const seen = value.map((item) => identityOf(item, schema));
      for (const [i, item] of value.entries()) {
        if (seen.slice(0, i).some((other) => semanticEqual(other, seen[i]))) {
          errors.push(
            duplicate(
              `${path}[${i}]`,
              type === 'set' ? item : Object.fromEntries((schema['x-kubernetes-list-map-keys'] ?? []).map((key) => [key, item?.[key]])),
            ),
          );
        }
      }
    }
    const items = itemsOf(schema);
    return items ? [...errors, ...value.flatMap((item, i) => validateLists(item, items, `${path}[${i}]`))] : errors;
  }
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Part;
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const known = propertiesOf(schema).filter(([key]) => Object.hasOwn(object, key));
  const values = valuesOf(schema);
  const others = values ? Object.keys(object).filter((key) => !Object.hasOwn(schema.properties ?? {}, key)) : [];
  return [
    ...known.flatMap(([key, property]) => validateLists(object[key], property, at(key))),
    ...others.flatMap((key) => validateLists(object[key], values as JsonSchema, at(key))),
  ];
}
