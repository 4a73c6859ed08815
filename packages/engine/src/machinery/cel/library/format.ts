import { CelError, CostExceeded } from '../problem.ts';
import { Duration, isList, isMap, Opaque, Timestamp, TypeValue, typeName, Uint, type Value } from '../values.ts';
import { doubleText } from './conversions.ts';
import { durationText, timestampText } from './time-text.ts';

/** Digits after the point that there can be. */
const PRECISION_MAX = 100;
const TEXT_MAX = 10_000_000;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What %s prints of a value. */
export function plainText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return doubleText(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(plainText).join(', ')}]`;
  if (isMap(value))
    return `{${value
      .keys()
      .map((key) => `${plainText(key)}: ${plainText(value.get(key) as Value)}`)
      .sort(byText)
      .join(', ')}}`;
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Duration) return durationText(value);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof TypeValue) return value.name;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (value instanceof Opaque) return value.text;
  throw new CelError(
    `string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given ${typeName(value)}`,
  );
}

const wholeOf = (value: Value): bigint | undefined => (typeof value === 'bigint' ? value : value instanceof Uint ? value.value : undefined);

function inBase(value: Value, base: number, clause: string): string {
  if (typeof value === 'boolean' && base === 2) return value ? '1' : '0';
  if (typeof value === 'string' && base === 16)
    return [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const whole = wholeOf(value);
  if (whole === undefined) throw new CelError(`${clause} clause can only be used on integers, was given ${typeName(value)}`);
  return whole.toString(base);
}

const numberOf = (value: Value, clause: string): number => {
  if (typeof value === 'number') return value;
  const whole = wholeOf(value);
  if (whole === undefined) throw new CelError(`${clause} clause can only be used on doubles, was given ${typeName(value)}`);
  return Number(whole);
};

function clauseText(letter: string, precision: number | undefined, value: Value): string {
  switch (letter) {
    case 's':
      return plainText(value);
    case 'd':
      if (wholeOf(value) === undefined) throw new CelError(`decimal clause can only be used on integers, was given ${typeName(value)}`);
      return plainText(value);
    case 'f':
      return numberOf(value, 'fixed-point').toFixed(Math.min(precision ?? 6, PRECISION_MAX));
    case 'e':
      return numberOf(value, 'scientific')
        .toExponential(Math.min(precision ?? 6, PRECISION_MAX))
        .replace(/e([+-])(\d)$/, 'e$10$2');
    case 'b':
      return inBase(value, 2, 'binary');
    case 'o':
      return inBase(value, 8, 'octal');
    case 'x':
      return inBase(value, 16, 'hex');
    case 'X':
      return inBase(value, 16, 'hex').toUpperCase();
    default:
      throw new CelError(`could not parse formatting clause: unrecognized formatting clause "${letter}"`);
  }
}

/** `"%d of %s".format([1, 'x'])`. Models ext/formatting.go of cel-go. */
export function formatText(format: string, values: readonly Value[]): string {
  let next = 0;
  let length = 0;
  return format.replace(/%(?:(%)|(?:\.(\d+))?([a-zA-Z]))/g, (_whole, percent, precision, letter) => {
    if (percent) return '%';
    if (next >= values.length) throw new CelError(`index ${next} out of range`);
    const text = clauseText(letter, precision === undefined ? undefined : Number(precision), values[next++] as Value);
    length += text.length;
    if (length > TEXT_MAX) throw new CostExceeded();
    return text;
  });
}
