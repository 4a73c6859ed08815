import { compare, concatenate, equal } from '../equality.ts';
import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import { type CelMap, Duration, semanticsOf, Timestamp, Uint, type Value, withSemantics } from '../values.ts';
import { MAX_TIMESTAMP, MIN_TIMESTAMP } from './time-text.ts';

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

export function int(value: bigint): bigint {
  if (value < MIN || value > MAX) throw new CelError('integer overflow');
  return value;
}

export function uint(value: bigint): Uint {
  if (value < 0n || value >= 2n ** 64n) throw new CelError('unsigned integer overflow');
  return new Uint(value);
}

export function duration(nanos: bigint): Duration {
  if (nanos < MIN || nanos > MAX) throw new CelError('duration overflow');
  return new Duration(nanos);
}

export function timestamp(nanos: bigint): Timestamp {
  if (nanos < MIN_TIMESTAMP || nanos > MAX_TIMESTAMP) throw new CelError('timestamp overflow');
  return new Timestamp(nanos);
}

const nonZero = (divisor: bigint, what: string): bigint => {
  if (divisor === 0n) throw new CelError(`${what} by zero`);
  return divisor;
};

const joinedBytes = ([a, b]: readonly Uint8Array[]): Uint8Array => Uint8Array.from([...(a as Uint8Array), ...(b as Uint8Array)]);

const ARITHMETIC: Library = {
  '_+_(int, int): int': ([a, b]: readonly bigint[]) => int((a as bigint) + (b as bigint)),
  '_-_(int, int): int': ([a, b]: readonly bigint[]) => int((a as bigint) - (b as bigint)),
  '_*_(int, int): int': ([a, b]: readonly bigint[]) => int((a as bigint) * (b as bigint)),
  '_/_(int, int): int': ([a, b]: readonly bigint[]) => int((a as bigint) / nonZero(b as bigint, 'division')),
  '_%_(int, int): int': ([a, b]: readonly bigint[]) => (a as bigint) % nonZero(b as bigint, 'modulus'),
  '_+_(uint, uint): uint': ([a, b]: readonly Uint[]) => uint((a as Uint).value + (b as Uint).value),
  '_-_(uint, uint): uint': ([a, b]: readonly Uint[]) => uint((a as Uint).value - (b as Uint).value),
  '_*_(uint, uint): uint': ([a, b]: readonly Uint[]) => uint((a as Uint).value * (b as Uint).value),
  '_/_(uint, uint): uint': ([a, b]: readonly Uint[]) => uint((a as Uint).value / nonZero((b as Uint).value, 'division')),
  '_%_(uint, uint): uint': ([a, b]: readonly Uint[]) => uint((a as Uint).value % nonZero((b as Uint).value, 'modulus')),
  '_+_(double, double): double': ([a, b]: readonly number[]) => (a as number) + (b as number),
  '_-_(double, double): double': ([a, b]: readonly number[]) => (a as number) - (b as number),
  '_*_(double, double): double': ([a, b]: readonly number[]) => (a as number) * (b as number),
  '_/_(double, double): double': ([a, b]: readonly number[]) => (a as number) / (b as number),
  '-_(int): int': ([a]: readonly bigint[]) => int(-(a as bigint)),
  '-_(double): double': ([a]: readonly number[]) => -(a as number),
  '!_(bool): bool': ([a]: readonly boolean[]) => !a,
};

const JOINING: Library = {
  '_+_(string, string): string': ([a, b]: readonly string[], host) => {
    host.spend(((a as string).length + (b as string).length) / 10);
    return `${a}${b}`;
  },
  '_+_(bytes, bytes): bytes': joinedBytes,
  '_+_(list<T>, list<T>): list<T>': ([a, b]: readonly (readonly Value[])[], host) => {
    const isSet = semanticsOf(a as Value[]) ?? semanticsOf(b as Value[]);
    host.spend((isSet ? (a as Value[]).length * (b as Value[]).length : (a as Value[]).length + (b as Value[]).length) / 10);
    const { items, semantics } = concatenate(a as Value[], b as Value[]);
    return withSemantics(items, semantics);
  },
};

const TIMES: Library = {
  '_+_(duration, duration): duration': ([a, b]: readonly Duration[]) => duration((a as Duration).nanos + (b as Duration).nanos),
  '_-_(duration, duration): duration': ([a, b]: readonly Duration[]) => duration((a as Duration).nanos - (b as Duration).nanos),
  '_+_(timestamp, duration): timestamp': ([a, b]: readonly (Timestamp | Duration)[]) => timestamp((a as Timestamp).nanos + (b as Duration).nanos),
  '_+_(duration, timestamp): timestamp': ([a, b]: readonly (Timestamp | Duration)[]) => timestamp((a as Duration).nanos + (b as Timestamp).nanos),
  '_-_(timestamp, duration): timestamp': ([a, b]: readonly (Timestamp | Duration)[]) => timestamp((a as Timestamp).nanos - (b as Duration).nanos),
  '_-_(timestamp, timestamp): duration': ([a, b]: readonly Timestamp[]) => duration((a as Timestamp).nanos - (b as Timestamp).nanos),
};

const MEMBERSHIP: Library = {
  '@in(A, list<A>): bool': ([item, list]: readonly Value[], host) => {
    host.spend((list as Value[]).length);
    return (list as Value[]).some((each) => equal(each, item as Value, host.spend));
  },
  '@in(A, map<A, B>): bool': ([key, map]: readonly Value[]) => (map as CelMap).get(key as Value) !== undefined,
};

const ORDER: readonly [operator: string, holds: (order: number) => boolean][] = [
  ['<', (order) => order < 0],
  ['<=', (order) => order <= 0],
  ['>', (order) => order > 0],
  ['>=', (order) => order >= 0],
];
const NUMBERS = ['int', 'uint', 'double'];
const ORDERED = [
  ...['string', 'bool', 'bytes', 'duration', 'timestamp'].map((type) => [type, type]),
  ...NUMBERS.flatMap((a) => NUMBERS.map((b) => [a, b])),
];

const COMPARISONS: Library = Object.fromEntries(
  ORDER.flatMap(([operator, holds]) =>
    ORDERED.map(([a, b]) => [`_${operator}_(${a}, ${b}): bool`, ([x, y]: readonly Value[]) => holds(compare(x as Value, y as Value))]),
  ),
);

export const OPERATORS: readonly Library[] = [ARITHMETIC, JOINING, TIMES, MEMBERSHIP, COMPARISONS];
