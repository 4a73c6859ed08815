import { secretBytes } from '../identity/base64.ts';
import { durationText, timestampText } from './library/time-text.ts';
import { CelError } from './problem.ts';
import { Duration, isList, isMap, Optional, Timestamp, typeName, Uint, type Value } from './values.ts';

/** What a value is in a JSON document. Models the conversion to structpb.Value of cel-go. */
export function toJson(value: Value): unknown {
  if (value === null) return null;
  switch (typeof value) {
    case 'bigint':
      return Number(value);
    case 'number':
    case 'string':
    case 'boolean':
      return value;
  }
  if (isList(value)) return value.map(toJson);
  if (isMap(value)) return Object.fromEntries(value.keys().map((key) => [keyOf(key), toJson(value.get(key) as Value)]));
  if (value instanceof Uint) return Number(value.value);
  if (value instanceof Uint8Array) return secretBytes(value);
  if (value instanceof Duration) return durationText(value);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Optional && value.value !== undefined) return toJson(value.value);
  throw new CelError(`type conversion error from '${typeName(value)}' to 'google.protobuf.Value'`);
}

function keyOf(key: Value): string {
  if (typeof key !== 'string') throw new CelError(`map key ${String(key)} is of type ${typeName(key)}, not string`);
  return key;
}
