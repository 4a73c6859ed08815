import { type Definition, definition, type FieldType } from '@vivakube/schema';
import { messageFields } from '@vivakube/schema/protobuf';
import { writeUnion } from './schema-union.ts';
import { writeScalarField } from './write-scalar.ts';
import { WireWriter } from './writer.ts';

type Data = Record<string, unknown>;

const MAGIC = Uint8Array.of(0x6b, 0x38, 0x73, 0x00);

/** runtime.Unknown with an object in it; undefined where the wire form of the definition is not known. */
export function sealEnvelope(apiVersion: string, kind: string, value: Data, type: Definition): Uint8Array | undefined {
  if (messageFields(type.name) === undefined) return undefined;
  const { apiVersion: _, kind: _kind, ...fields } = value;
  const typeMeta = new WireWriter();
  typeMeta.string(1, apiVersion);
  typeMeta.string(2, kind);
  const writer = new WireWriter();
  writer.raw(MAGIC);
  writer.chunk(1, typeMeta.done());
  writer.chunk(2, writeMessage(fields, type));
  writer.string(3, '');
  writer.string(4, '');
  return writer.done();
}

export function writeMessage(value: Data, type: Definition): Uint8Array {
  const writer = new WireWriter();
  fill(writer, value, type.name, type);
  return writer.done();
}

function fill(writer: WireWriter, value: Data, message: string, type: Definition): void {
  for (const [number, known] of messageFields(message) ?? []) {
    if ('inlined' in known) {
      const inlined = new WireWriter();
      fill(inlined, value, known.inlined, type);
      writer.chunk(number, inlined.done());
      continue;
    }
    const field = type.fields.get(known.name);
    const content = Object.hasOwn(value, known.name) ? value[known.name] : undefined;
    if (field === undefined || content === undefined || content === null) continue;
    const union = writeUnion(field.goType, content, writeMessage);
    if (union) writer.chunk(number, union);
    else writeField(writer, number, field.type, content);
  }
}

function writeField(writer: WireWriter, number: number, type: FieldType, value: unknown): void {
  if (type.kind === 'list') for (const item of value as unknown[]) writeValue(writer, number, type.item, item);
  else if (type.kind === 'map') writeMap(writer, number, type.item, value as Data);
  else writeValue(writer, number, type, value);
}

/** Entries in the order of their keys, as Go writes them: 1 key, 2 value. */
function writeMap(writer: WireWriter, number: number, item: FieldType, map: Data): void {
  for (const key of Object.keys(map).sort()) {
    const entry = new WireWriter();
    entry.string(1, key);
    writeValue(entry, 2, item, map[key]);
    writer.chunk(number, entry.done());
  }
}

function writeValue(writer: WireWriter, number: number, type: FieldType, value: unknown): void {
  switch (type.kind) {
    case 'scalar':
      writeScalarField(writer, number, type.scalar, value);
      break;
    case 'ref':
      writer.chunk(number, writeMessage(value as Data, definition(type.name)));
      break;
    case 'inline':
      writer.chunk(number, writeMessage(value as Data, type.definition));
      break;
    case 'list': {
      // A list inside a list or map is a message of its own, `items = 1`.
      const wrapped = new WireWriter();
      writeField(wrapped, 1, type, value);
      writer.chunk(number, wrapped.done());
      break;
    }
    case 'map':
      throw new Error('a map inside a list or map has no wire form');
  }
}
