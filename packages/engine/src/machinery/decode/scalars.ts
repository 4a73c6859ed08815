import type { Scalar } from '@vivakube/schema';
import { DecodeError } from './decodeError.ts';
import { IN_RESOURCE_LIST } from './goNames.ts';
import { canonicalQuantity, canonicalResource } from './quantity.ts';
import type { Reader } from './reader.ts';
import { canonicalMicroTime, canonicalTime } from './time.ts';

const INT32_MAX = 2n ** 31n - 1n;
const INT64_MAX = 2n ** 63n - 1n;
const WHOLE = /^-?\d+$/;

/** Reads one scalar; undefined stands for null, and for a value that did not fit. */
export function readScalar(reader: Reader, scalar: Scalar, named: string | undefined): unknown {
  if (reader.text.charCodeAt(reader.at) === 0x6e) {
    reader.at += 4;
    return undefined;
  }
  switch (scalar) {
    case 'string':
      return reader.text[reader.at] === '"' ? reader.string() : reader.refuse(reader.kindOfScalar(), named ?? 'string');
    case 'boolean':
      return readBoolean(reader, named ?? 'bool');
    case 'int32':
      return readInteger(reader, INT32_MAX, named ?? 'int32');
    case 'int64':
      return readInteger(reader, INT64_MAX, named ?? 'int64');
    case 'double':
      return readDouble(reader);
    case 'bytes':
      return readBytes(reader);
    case 'time':
      return readTime(reader, canonicalTime);
    case 'microtime':
      return readTime(reader, canonicalMicroTime);
    case 'quantity':
      return readQuantity(reader, named);
    case 'intOrString':
      return readIntOrString(reader);
    case 'object':
    case 'any':
      return reader.raw();
  }
}

function readBoolean(reader: Reader, wanted: string): unknown {
  const kind = reader.kindOfScalar();
  return kind === 'bool' ? reader.source() === 'true' : reader.refuse(kind, wanted);
}

function readInteger(reader: Reader, max: bigint, wanted: string): unknown {
  const kind = reader.kindOfScalar();
  if (kind !== 'number') return reader.refuse(kind, wanted);
  const source = reader.source();
  if (WHOLE.test(source)) {
    const value = Number(source);
    if (source.length < 10) return value + 0;
    const exact = BigInt(source);
    if (exact <= max && exact >= -max - 1n) return value;
  }
  reader.mismatch ??= reader.mismatchText(`number ${source}`, wanted);
  return undefined;
}

function readDouble(reader: Reader): unknown {
  const kind = reader.kindOfScalar();
  if (kind !== 'number') return reader.refuse(kind, 'float64');
  const source = reader.source();
  const value = Number(source);
  if (Number.isFinite(value)) return value;
  reader.mismatch ??= reader.mismatchText(`number ${source}`, 'float64');
  return undefined;
}

const BASE64 = /^[A-Za-z0-9+/]$/;

function readBytes(reader: Reader): unknown {
  const kind = reader.kindOfScalar();
  if (kind !== 'string') return reader.refuse(kind, '[]uint8');
  const text = reader.string();
  // Go's decoder skips line breaks.
  const joined = text.replace(/[\r\n]/g, '');
  const wrongAt = corruptBase64At(joined);
  if (wrongAt === undefined) return joined;
  reader.mismatch ??= `illegal base64 data at input byte ${wrongAt}`;
  return undefined;
}

/** Models CorruptInputError of Go's encoding/base64: the offset of the first byte that does not belong. */
function corruptBase64At(text: string): number | undefined {
  if (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  for (let at = 0; at < text.length; at += 4) {
    for (let i = 0; i < 4; i++) {
      const ch = text[at + i];
      if (ch === undefined) return at;
      if (BASE64.test(ch)) continue;
      if (ch !== '=' || i < 2) return at + i;
      if (i === 2 && text[at + 3] !== '=') return text[at + 3] === undefined ? text.length : at + 2;
      return text.length > at + 4 ? at + 4 : undefined;
    }
  }
  return undefined;
}

/** Types with a decoder of their own end the reading at once. */
function abort(reader: Reader, found: string, wanted: string): never {
  throw new DecodeError(reader.mismatchText(found, wanted));
}

function readTime(reader: Reader, canonical: (text: string) => string): string {
  const kind = reader.kindOfScalar();
  if (kind !== 'string') abort(reader, kind, 'string');
  return canonical(reader.string());
}

function readQuantity(reader: Reader, named: string | undefined): string {
  const source = reader.source();
  const text = source.startsWith('"') ? source.slice(1, -1) : source;
  return named === IN_RESOURCE_LIST ? canonicalResource(text.trim()) : canonicalQuantity(text.trim());
}

function readIntOrString(reader: Reader): unknown {
  const kind = reader.kindOfScalar();
  if (kind === 'string') return reader.string();
  if (kind !== 'number') abort(reader, kind, 'int32');
  const source = reader.source();
  const value = Number(source);
  if (!WHOLE.test(source) || value > 2147483647 || value < -2147483648) abort(reader, `number ${source}`, 'int32');
  return value;
}
