import { type Definition, definition, type Field, type FieldType } from '@vivakube/schema';
import { messageFields } from '@vivakube/schema/protobuf';
import { setOwn } from '../../core/json.ts';
import { DOCUMENT_DEPTH_MAX } from '../../core/limits.ts';
import { DecodeError } from '../decode/decodeError.ts';
import { goItemName } from '../decode/goNames.ts';
import { TOO_DEEP } from '../decode/syntax.ts';
import { readScalarField } from './scalars.ts';
import { isUnion, readUnion } from './schema-union.ts';
import { WireReader, type WireType } from './wire.ts';

type Target = Record<string, unknown>;

/** Reads a message of a definition, and drops the zero values that the wire writes in any case. */
export function readMessage(bytes: Uint8Array, type: Definition, depth = 0): Target {
  const out: Target = {};
  fill(out, bytes, type.name, type, depth);
  return out;
}

/** @param message whose field numbers count; the fields themselves are those of `type`, also for an inlined message. */
function fill(out: Target, bytes: Uint8Array, message: string, type: Definition, depth: number): void {
  if (depth > DOCUMENT_DEPTH_MAX) throw new DecodeError(TOO_DEEP);
  const fields = messageFields(message);
  if (fields === undefined) throw new DecodeError(`proto: the wire form of ${message} is not known`);
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const { number, wire } = reader.tag();
    const known = fields.get(number);
    if (known === undefined) reader.skip(wire);
    else if ('inlined' in known) fill(out, reader.chunk(), known.inlined, type, depth + 1);
    else {
      const field = type.fields.get(known.name);
      if (field === undefined) reader.skip(wire);
      else readField(out, reader, wire, known.name, field, type, depth);
    }
  }
}

function readField(out: Target, reader: WireReader, wire: WireType, name: string, field: Field, type: Definition, depth: number): void {
  const named = field.goType;
  if (isUnion(named)) {
    out[name] = readUnion(named, new WireReader(reader.chunk()), (bytes, schema) => readMessage(bytes, schema, depth + 1));
  } else if (field.type.kind === 'list') {
    out[name] ??= [];
    readItems(out[name] as unknown[], reader, wire, field.type.item, goItemName(named), depth);
  } else if (field.type.kind === 'map') {
    out[name] ??= {};
    readEntry(out[name] as Target, new WireReader(reader.chunk()), field.type.item, goItemName(named), depth);
  } else {
    const value = readValue(reader, wire, field.type, named, depth);
    if (value === undefined) return;
    const isZero = value === '' || value === 0 || value === false;
    if (!isZero || field.pointer || type.required.includes(name)) out[name] = value;
  }
}

function readItems(list: unknown[], reader: WireReader, wire: WireType, item: FieldType, named: string | undefined, depth: number): void {
  if (wire === 2 && item.kind === 'scalar' && (item.scalar === 'int32' || item.scalar === 'int64')) {
    const packed = new WireReader(reader.chunk());
    while (!packed.done) list.push(packed.integer());
    return;
  }
  list.push(readValue(reader, wire, item, named, depth));
}

/** A map entry: 1 key, 2 value. */
function readEntry(map: Target, entry: WireReader, item: FieldType, named: string | undefined, depth: number): void {
  let key = '';
  let value: unknown;
  while (!entry.done) {
    const { number, wire } = entry.tag();
    if (number === 1) key = entry.string();
    else if (number === 2) value = readValue(entry, wire, item, named, depth);
    else entry.skip(wire);
  }
  setOwn(map, key, value ?? '');
}

function readValue(reader: WireReader, wire: WireType, type: FieldType, named: string | undefined, depth: number): unknown {
  switch (type.kind) {
    case 'scalar':
      return readScalarField(reader, wire, type.scalar, named);
    case 'ref':
      return readMessage(reader.chunk(), definition(type.name), depth + 1);
    case 'inline':
      return readMessage(reader.chunk(), type.definition, depth + 1);
    case 'list':
      return readWrapped(new WireReader(reader.chunk()), type.item, named, depth);
    case 'map':
      throw new DecodeError('proto: a map inside a list or map has no wire form');
  }
}

/** A list inside a list or map is a message of its own, `items = 1`, as ExtraValue is. */
function readWrapped(message: WireReader, item: FieldType, named: string | undefined, depth: number): unknown[] {
  const list: unknown[] = [];
  while (!message.done) {
    const { number, wire } = message.tag();
    if (number === 1) readItems(list, message, wire, item, goItemName(named), depth);
    else message.skip(wire);
  }
  return list;
}
