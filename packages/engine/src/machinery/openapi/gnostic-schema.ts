import type { WireWriter } from '../protobuf/writer.ts';
import type { Json } from './components.ts';
import { any, message, named } from './gnostic-values.ts';

/** Field numbers of openapi.v2 in OpenAPIv2.proto of github.com/google/gnostic-models. */
const SCHEMA = {
  texts: { $ref: 1, format: 2, title: 3, description: 4, pattern: 13 },
  doubles: { multipleOf: 6, maximum: 7, minimum: 9 },
  flags: { exclusiveMaximum: 8, exclusiveMinimum: 10, uniqueItems: 16 },
  counts: { maxLength: 11, minLength: 12, maxItems: 14, minItems: 15, maxProperties: 17, minProperties: 18 },
  default: 5,
  required: 19,
  enum: 20,
  additionalProperties: 21,
  type: 22,
  items: 23,
  properties: 25,
  extension: 31,
} as const;

export const schemas = (map: Json): Uint8Array =>
  message((writer) => {
    for (const [name, schema] of Object.entries(map)) writer.chunk(1, named(name, schemaMessage(schema as Json)));
  });

export const schemaMessage = (schema: Json): Uint8Array =>
  message((writer) => {
    writeScalars(writer, schema);
    if (schema.default !== undefined) writer.chunk(SCHEMA.default, any(schema.default));
    for (const name of (schema.required as string[] | undefined) ?? []) writer.string(SCHEMA.required, name);
    for (const value of (schema.enum as unknown[] | undefined) ?? []) writer.chunk(SCHEMA.enum, any(value));
    writeBelow(writer, schema);
    for (const [name, value] of Object.entries(schema)) if (name.startsWith('x-')) writer.chunk(SCHEMA.extension, named(name, any(value)));
  });

function writeScalars(writer: WireWriter, schema: Json): void {
  for (const [name, number] of Object.entries(SCHEMA.texts)) if (typeof schema[name] === 'string') writer.string(number, schema[name] as string);
  for (const [name, number] of Object.entries(SCHEMA.doubles)) if (typeof schema[name] === 'number') writer.double(number, schema[name] as number);
  for (const [name, number] of Object.entries(SCHEMA.counts)) if (typeof schema[name] === 'number') writer.integer(number, schema[name] as number);
  for (const [name, number] of Object.entries(SCHEMA.flags)) if (schema[name] === true) writer.boolean(number, true);
}

function writeBelow(writer: WireWriter, { additionalProperties, type, items, properties }: Json): void {
  if (typeof additionalProperties === 'boolean')
    writer.chunk(
      SCHEMA.additionalProperties,
      message((item) => item.boolean(2, additionalProperties)),
    );
  else if (additionalProperties) {
    const values = schemaMessage(additionalProperties as Json);
    writer.chunk(
      SCHEMA.additionalProperties,
      message((item) => item.chunk(1, values)),
    );
  }
  if (typeof type === 'string')
    writer.chunk(
      SCHEMA.type,
      message((item) => item.string(1, type)),
    );
  if (items) {
    const each = schemaMessage(items as Json);
    writer.chunk(
      SCHEMA.items,
      message((item) => item.chunk(1, each)),
    );
  }
  if (properties) writer.chunk(SCHEMA.properties, schemas(properties as Json));
}
