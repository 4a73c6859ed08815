import type { Scalar } from '@vivakube/schema';
import { toRfc3339 } from '../../core/instant.ts';
import { DecodeError } from '../decode/decodeError.ts';
import { IN_RESOURCE_LIST } from '../decode/goNames.ts';
import { canonicalQuantity, canonicalResource } from '../decode/quantity.ts';
import { WireReader, type WireType } from './wire.ts';

/** Reads one scalar field; undefined stands for a value that means absence. */
export function readScalarField(reader: WireReader, wire: WireType, scalar: Scalar, named: string | undefined): unknown {
  switch (scalar) {
    case 'string':
      return reader.string();
    case 'boolean':
      return reader.varint() !== 0n;
    case 'int32':
    case 'int64':
      return reader.integer();
    case 'double':
      return wire === 1 ? reader.double() : reader.integer();
    case 'bytes':
      return toBase64(reader.chunk());
    case 'time':
      return readTime(new WireReader(reader.chunk()), false);
    case 'microtime':
      return readTime(new WireReader(reader.chunk()), true);
    case 'quantity':
      return readQuantity(new WireReader(reader.chunk()), named);
    case 'intOrString':
      return readIntOrString(new WireReader(reader.chunk()));
    case 'object':
    case 'any':
      return readRaw(new WireReader(reader.chunk()));
  }
}

/** Time and MicroTime: 1 seconds, 2 nanoseconds. Go's zero time is an empty message. */
function readTime(message: WireReader, micros: boolean): string | undefined {
  if (message.done) return undefined;
  let seconds = 0;
  let nanos = 0;
  while (!message.done) {
    const { number, wire } = message.tag();
    if (number === 1) seconds = message.integer();
    else if (number === 2) nanos = message.integer();
    else message.skip(wire);
  }
  const whole = toRfc3339(seconds * 1000);
  return micros ? `${whole.slice(0, -1)}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z` : whole;
}

function readQuantity(message: WireReader, named: string | undefined): string {
  let text = '0';
  while (!message.done) {
    const { number, wire } = message.tag();
    if (number === 1) text = message.string();
    else message.skip(wire);
  }
  return named === IN_RESOURCE_LIST ? canonicalResource(text) : canonicalQuantity(text);
}

/** 1 type (0 integer, 1 text), 2 integer, 3 text. */
function readIntOrString(message: WireReader): number | string {
  let isText = false;
  let integer = 0;
  let text = '';
  while (!message.done) {
    const { number, wire } = message.tag();
    if (number === 1) isText = message.varint() === 1n;
    else if (number === 2) integer = message.integer();
    else if (number === 3) text = message.string();
    else message.skip(wire);
  }
  return isText ? text : integer;
}

/** RawExtension, FieldsV1 and JSON: field 1 is a JSON text. */
function readRaw(message: WireReader): unknown {
  let text = '';
  while (!message.done) {
    const { number, wire } = message.tag();
    if (number === 1) text = message.string();
    else message.skip(wire);
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text) ?? undefined;
  } catch (problem) {
    throw problem instanceof SyntaxError ? new DecodeError(problem.message) : problem;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    parts.push(
      (ALPHABET[group >> 18] as string) +
        ALPHABET[(group >> 12) & 63] +
        (b === undefined ? '=' : ALPHABET[(group >> 6) & 63]) +
        (c === undefined ? '=' : ALPHABET[group & 63]),
    );
  }
  return parts.join('');
}
