import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  escapeName,
  INT,
  type ListSemantics,
  listOf,
  mapOf,
  STRING,
  TIMESTAMP,
} from '../../../machinery/cel/index.ts';
import { itemsOf, type JsonSchema, propertiesOf, valuesOf } from '../schema/types.ts';

const SCALARS: Record<string, CelType> = { boolean: BOOL, integer: INT, number: DOUBLE };
const FORMATS: Record<string, CelType> = { byte: BYTES, duration: DURATION, date: TIMESTAMP, 'date-time': TIMESTAMP };
const META: [string, CelType][] = [
  ['name', STRING],
  ['generateName', STRING],
];

function semanticsOf(schema: JsonSchema): ListSemantics | undefined {
  const type = schema['x-kubernetes-list-type'];
  return type === 'set' || type === 'map' ? { type, keys: schema['x-kubernetes-list-map-keys'] ?? [] } : undefined;
}

const objectOf = (name: string, fields: readonly (readonly [string, CelType])[]): CelType => ({ kind: 'object', name, fields: new Map(fields) });

function fieldsOf(schema: JsonSchema, name: string): [string, CelType][] {
  return propertiesOf(schema).flatMap(([key, property]): [string, CelType][] => {
    const escaped = escapeName(key);
    const type = escaped === undefined ? undefined : typeAt(property, `${name}.${key}`);
    return escaped === undefined || type === undefined ? [] : [[escaped, type]];
  });
}

/** Every resource has these, whether its schema says so or not. */
function resourceFields(schema: JsonSchema, name: string): [string, CelType][] {
  const metadata = schema.properties?.metadata;
  const known = metadata ? fieldsOf(metadata, `${name}.metadata`).filter(([key]) => key !== 'name' && key !== 'generateName') : [];
  return [
    ['apiVersion', STRING],
    ['kind', STRING],
    ['metadata', objectOf(`${name}.metadata`, [...META, ...known])],
  ];
}

function typeAt(schema: JsonSchema, name: string): CelType | undefined {
  if (schema['x-kubernetes-int-or-string']) return DYN;
  switch (schema.type) {
    case 'array': {
      const items = itemsOf(schema);
      const item = items && typeAt(items, `${name}.@idx`);
      return item && listOf(item, semanticsOf(schema));
    }
    case 'object':
      return objectType(schema, name, schema['x-kubernetes-embedded-resource'] === true);
    case 'string':
      return schema.format !== undefined && Object.hasOwn(FORMATS, schema.format) ? FORMATS[schema.format] : STRING;
    default:
      // A type that there is not is reported elsewhere, and no reason to doubt the rules.
      return schema.type === undefined ? undefined : Object.hasOwn(SCALARS, schema.type) ? SCALARS[schema.type] : DYN;
  }
}

function objectType(schema: JsonSchema, name: string, isResource: boolean): CelType | undefined {
  const values = valuesOf(schema);
  if (values) {
    const value = typeAt(values, `${name}.@elem`);
    return value && mapOf(STRING, value);
  }
  if (schema.additionalProperties === true) return mapOf(STRING, DYN);
  const own = fieldsOf(schema, name);
  return objectOf(name, isResource ? [...own.filter(([key]) => key !== 'metadata'), ...resourceFields(schema, name)] : own);
}

/** What rules know of a value by its schema; what has no type cannot be looked at. Models pkg/apiserver/schema/cel/model of k8s.io/apiextensions-apiserver. */
export const celTypeOf = (schema: JsonSchema, isRoot: boolean): CelType =>
  (isRoot ? objectType(schema, 'self', true) : typeAt(schema, 'self')) ?? DYN;
