import type { Scalar } from '@vivakube/schema';
import { parseRfc3339 } from '../../core/instant.ts';
import { WireWriter } from './writer.ts';

/** Writes one scalar field; the counterpart of `scalars.ts`. */
export function writeScalarField(writer: WireWriter, number: number, scalar: Scalar, value: unknown): void {
  switch (scalar) {
    case 'string':
      writer.string(number, value as string);
      break;
    case 'boolean':
      writer.boolean(number, value as boolean);
      break;
    case 'int32':
    case 'int64':
      writer.integer(number, value as number);
      break;
    case 'double':
      writer.double(number, value as number);
      break;
    case 'bytes':
      writer.chunk(number, fromBase64(value as string));
      break;
    default:
      writer.chunk(number, MESSAGES[scalar](value as never));
  }
}

function message(fill: (writer: WireWriter) => void): Uint8Array {
  const writer = new WireWriter();
  fill(writer);
  return writer.done();
}

const NANOS_PER_SECOND = 1_000_000_000;

/** 1 seconds, 2 nanoseconds; the fraction is read as text, since instants end at milliseconds. */
const time = (text: string): Uint8Array =>
  message((writer) => {
    writer.integer(1, Math.floor((parseRfc3339(text) ?? 0) / 1000));
    const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
    writer.integer(2, Math.floor(Number(`0.${fraction || '0'}`) * NANOS_PER_SECOND + 0.5));
  });

const MESSAGES: Record<Exclude<Scalar, 'string' | 'boolean' | 'int32' | 'int64' | 'double' | 'bytes'>, (value: never) => Uint8Array> = {
  time,
  microtime: time,
  quantity: (text: string) => message((writer) => writer.string(1, text)),
  intOrString: (value: number | string) =>
    message((writer) => {
      const isText = typeof value === 'string';
      writer.integer(1, isText ? 1 : 0);
      writer.integer(2, isText ? 0 : value);
      writer.string(3, isText ? value : '');
    }),
  // RawExtension and FieldsV1: a JSON text.
  object: (value: unknown) => message((writer) => writer.string(1, JSON.stringify(value))),
  any: (value: unknown) => message((writer) => writer.string(1, JSON.stringify(value))),
};

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
