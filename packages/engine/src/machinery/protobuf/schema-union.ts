import { type Definition, definition } from '@vivakube/schema';
import type { WireReader } from './wire.ts';
import { WireWriter } from './writer.ts';

type Data = Record<string, unknown>;

/** What JSON writes as a schema or as something else in its place, and the wire as a message with a field for each. */
interface Union {
  write: (writer: WireWriter, value: unknown, schema: (value: Data) => Uint8Array) => void;
  read: (message: WireReader, schema: (bytes: Uint8Array) => unknown) => unknown;
}

/** 1 the schema, 2 several of them. */
const orArray: Union = {
  write: (writer, value, schema) => {
    if (Array.isArray(value)) for (const each of value as Data[]) writer.chunk(2, schema(each));
    else writer.chunk(1, schema(value as Data));
  },
  read: (message, schema) => {
    let one: unknown;
    const several: unknown[] = [];
    while (!message.done) {
      const { number, wire } = message.tag();
      if (number === 1) one = schema(message.chunk());
      else if (number === 2) several.push(schema(message.chunk()));
      else message.skip(wire);
    }
    return one ?? several;
  },
};

/** 1 whether anything is allowed, 2 the schema of what is. */
const orBool: Union = {
  write: (writer, value, schema) => {
    writer.boolean(1, value !== false);
    if (typeof value !== 'boolean') writer.chunk(2, schema(value as Data));
  },
  read: (message, schema) => {
    let allows = false;
    let one: unknown;
    while (!message.done) {
      const { number, wire } = message.tag();
      if (number === 1) allows = message.varint() !== 0n;
      else if (number === 2) one = schema(message.chunk());
      else message.skip(wire);
    }
    return one ?? allows;
  },
};

const UNIONS = new Map<string | undefined, Union>([
  ['v1.JSONSchemaPropsOrArray', orArray],
  ['v1.JSONSchemaPropsOrBool', orBool],
]);
const schemaType = (): Definition => definition('apiextensions.v1.JSONSchemaProps');

/** The bytes of a field of a Go type that is such a union; undefined for every other type. */
export function writeUnion(
  goType: string | undefined,
  value: unknown,
  message: (value: Data, type: Definition) => Uint8Array,
): Uint8Array | undefined {
  const union = UNIONS.get(goType);
  if (!union) return undefined;
  const writer = new WireWriter();
  union.write(writer, value, (each) => message(each, schemaType()));
  return writer.done();
}

export const isUnion = (goType: string | undefined): boolean => UNIONS.has(goType);

export const readUnion = (goType: string | undefined, reader: WireReader, message: (bytes: Uint8Array, type: Definition) => unknown): unknown =>
  UNIONS.get(goType)?.read(reader, (bytes) => message(bytes, schemaType()));
