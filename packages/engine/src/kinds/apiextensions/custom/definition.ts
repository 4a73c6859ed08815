import type { Definition, Field, FieldType, Scalar } from '@vivakube/schema';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from '../schema/types.ts';

const ANY: FieldType = { kind: 'scalar', scalar: 'any' };
const SCALARS: Record<string, Scalar> = { string: 'string', integer: 'int64', number: 'double', boolean: 'boolean' };
const METADATA: FieldType = { kind: 'ref', name: 'meta.v1.ObjectMeta' };

function typeOf(schema: JsonSchema, name: string): FieldType {
  if (schema['x-kubernetes-int-or-string']) return { kind: 'scalar', scalar: 'intOrString' };
  if (schema.type === 'array') return { kind: 'list', item: typeOf(itemsOf(schema) ?? {}, name) };
  if (schema.type !== undefined && Object.hasOwn(SCALARS, schema.type)) return { kind: 'scalar', scalar: SCALARS[schema.type] as Scalar };
  if (schema.type !== 'object') return ANY;
  const values = valuesOf(schema);
  if (values) return { kind: 'map', item: typeOf(values, name) };
  if (schema.additionalProperties === true) return { kind: 'map', item: ANY };
  return { kind: 'inline', definition: structure(schema, name) };
}

function fieldOf(schema: JsonSchema, name: string): Field {
  const field: Field = { type: typeOf(schema, name), pointer: true };
  const { 'x-kubernetes-list-type': listType, 'x-kubernetes-list-map-keys': keys, 'x-kubernetes-map-type': mapType } = schema;
  if (listType) field.listType = listType as NonNullable<Field['listType']>;
  if (keys) field.listMapKeys = keys;
  if (mapType) field.mapType = mapType as NonNullable<Field['mapType']>;
  if (schema.default !== undefined) field.default = schema.default;
  return field;
}

/** A resource within a resource says what it is, whether its schema mentions that or not. */
function resourceFields(): [string, Field][] {
  const text: Field = { type: { kind: 'scalar', scalar: 'string' }, pointer: true };
  return [
    ['apiVersion', text],
    ['kind', text],
    ['metadata', { type: METADATA, pointer: true }],
  ];
}

function structure(schema: JsonSchema, name: string): Definition {
  const isResource = schema['x-kubernetes-embedded-resource'] === true;
  const fields = new Map<string, Field>(propertiesOf(schema).map(([key, property]) => [key, fieldOf(property, `${name}.${key}`)]));
  // What metadata is, no schema says.
  if (isResource) for (const [key, field] of resourceFields()) fields.set(key, field);
  const preserveUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
  return { name, fields, required: schema.required ?? [], loose: true, ...(preserveUnknown ? { preserveUnknown } : {}) };
}

/** The structure of a custom resource: what decoding prunes by and server-side apply merges by. */
export function customDefinition(schema: JsonSchema, name: string): Definition {
  const definition = structure(schema, name);
  const own = [...definition.fields].filter(([key]) => key !== 'metadata');
  return { ...definition, fields: new Map([...resourceFields(), ...own]) };
}
