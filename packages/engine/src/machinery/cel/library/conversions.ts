import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import { type CelMap, type Duration, type Timestamp, TypeValue, typeName, type Uint, type Value } from '../values.ts';
import { int, timestamp, uint } from './operators.ts';
import { durationText, parseDuration, parseTimestamp, timestampText } from './time-text.ts';

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder('utf-8', { fatal: true });

export const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length++;
  return length;
};

function intOfText(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw new CelError(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return int(BigInt(text.replace('+', '')));
}

function intOfDouble(value: number): bigint {
  if (!Number.isFinite(value)) throw new CelError('integer overflow');
  return int(BigInt(Math.trunc(value)));
}

function doubleOfText(text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw new CelError(`strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

function boolOfText(text: string): boolean {
  if (['true', 'True', 'TRUE', 't', '1'].includes(text)) return true;
  if (['false', 'False', 'FALSE', 'f', '0'].includes(text)) return false;
  throw new CelError(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function durationOfText(text: string): Duration {
  const found = parseDuration(text);
  if (!found) throw new CelError(`time: invalid duration ${JSON.stringify(text)}`);
  return found;
}

function timestampOfText(text: string): Timestamp {
  const found = /T/.test(text) ? parseTimestamp(text) : undefined;
  if (!found) throw new CelError(`parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse`);
  return timestamp(found.nanos);
}

function textOfBytes(bytes: Uint8Array): string {
  try {
    return fromUtf8.decode(bytes);
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

/** Go's %v of a float: exponents below 1e-4 and from 1e21 on. */
export const doubleText = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
};

const first =
  <T>(convert: (value: T) => Value) =>
  (args: readonly T[]): Value =>
    convert(args[0] as T);

export const CONVERSIONS: Library = {
  'int(int): int': first((v: bigint) => v),
  'int(uint): int': first((v: Uint) => int(v.value)),
  'int(double): int': first(intOfDouble),
  'int(string): int': first(intOfText),
  'int(timestamp): int': first((v: Timestamp) => v.nanos / 1_000_000_000n),
  'uint(uint): uint': first((v: Uint) => v),
  'uint(int): uint': first((v: bigint) => uint(v)),
  'uint(double): uint': first((v: number) => uint(intOfDouble(v))),
  'uint(string): uint': first((v: string) => uint(intOfText(v))),
  'double(double): double': first((v: number) => v),
  'double(int): double': first((v: bigint) => Number(v)),
  'double(uint): double': first((v: Uint) => Number(v.value)),
  'double(string): double': first(doubleOfText),
  'bool(bool): bool': first((v: boolean) => v),
  'bool(string): bool': first(boolOfText),
  'string(string): string': first((v: string) => v),
  'string(int): string': first((v: bigint) => String(v)),
  'string(uint): string': first((v: Uint) => String(v.value)),
  'string(double): string': first(doubleText),
  'string(bool): string': first((v: boolean) => String(v)),
  'string(bytes): string': first(textOfBytes),
  'string(duration): string': first(durationText),
  'string(timestamp): string': first(timestampText),
  'bytes(bytes): bytes': first((v: Uint8Array) => v),
  'bytes(string): bytes': first((v: string) => utf8.encode(v)),
  'duration(duration): duration': first((v: Duration) => v),
  'duration(string): duration': first(durationOfText),
  'timestamp(timestamp): timestamp': first((v: Timestamp) => v),
  'timestamp(string): timestamp': first(timestampOfText),
  'timestamp(int): timestamp': first((v: bigint) => timestamp(v * 1_000_000_000n)),
  'dyn(T): dyn': first((v: Value) => v),
  'type(T): type': first((v: Value) => new TypeValue(typeName(v))),
  'size(string): int': first((v: string) => BigInt(lengthOf(v))),
  'size(bytes): int': first((v: Uint8Array) => BigInt(v.length)),
  'size(list<T>): int': first((v: readonly Value[]) => BigInt(v.length)),
  'size(map<K, V>): int': first((v: CelMap) => BigInt(v.size)),
  'string.size(): int': first((v: string) => BigInt(lengthOf(v))),
  'bytes.size(): int': first((v: Uint8Array) => BigInt(v.length)),
  'list<T>.size(): int': first((v: readonly Value[]) => BigInt(v.length)),
  'map<K, V>.size(): int': first((v: CelMap) => BigInt(v.size)),
};
