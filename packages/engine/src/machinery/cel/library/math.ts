import { compare } from '../equality.ts';
import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import type { Value } from '../values.ts';
import { int } from './operators.ts';

const best =
  (sign: 1 | -1) =>
  (args: readonly Value[]): Value =>
    args.reduce((a, b) => (compare(b, a) * sign > 0 ? b : a));
const bestOf =
  (sign: 1 | -1) =>
  ([list]: readonly (readonly Value[])[]): Value => {
    if (list?.length === 0) throw new CelError(`math.@${sign > 0 ? 'max' : 'min'}(list) argument must not be empty`);
    return best(sign)(list as Value[]);
  };

/** With one, two, three ... arguments, which may be of different numeric types. */
const variadic = (name: string, sign: 1 | -1): Library =>
  Object.fromEntries([
    [`math.${name}(list<T>): T`, bestOf(sign)],
    ...[1, 2, 3, 4, 5, 6].map((count) => [`math.${name}(${new Array(count).fill('dyn').join(', ')}): dyn`, best(sign)]),
  ]);

const rounding = (name: string, round: (value: number) => number): Library => ({
  [`math.${name}(double): double`]: ([value]: readonly number[]) => round(value as number),
});

const bits = (name: string, apply: (a: bigint, b: bigint) => bigint): Library => ({
  [`math.${name}(int, int): int`]: ([a, b]: readonly bigint[]) => BigInt.asIntN(64, apply(a as bigint, b as bigint)),
});

/** Models ext/math.go of cel-go. */
export const MATH: readonly Library[] = [
  variadic('greatest', 1),
  variadic('least', -1),
  rounding('ceil', Math.ceil),
  rounding('floor', Math.floor),
  rounding('trunc', Math.trunc),
  rounding('round', (value) => Math.sign(value) * Math.round(Math.abs(value))),
  rounding('sqrt', Math.sqrt),
  {
    'math.isNaN(double): bool': ([value]: readonly number[]) => Number.isNaN(value),
    'math.isInf(double): bool': ([value]: readonly number[]) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
    'math.isFinite(double): bool': ([value]: readonly number[]) => Number.isFinite(value),
    'math.abs(int): int': ([value]: readonly bigint[]) => int((value as bigint) < 0n ? -(value as bigint) : (value as bigint)),
    'math.abs(double): double': ([value]: readonly number[]) => Math.abs(value as number),
    'math.sign(int): int': ([value]: readonly bigint[]) => BigInt(Math.sign(Number(value))),
    'math.sign(double): double': ([value]: readonly number[]) => Math.sign(value as number),
    'math.bitNot(int): int': ([value]: readonly bigint[]) => ~(value as bigint),
  },
  bits('bitAnd', (a, b) => a & b),
  bits('bitOr', (a, b) => a | b),
  bits('bitXor', (a, b) => a ^ b),
  bits('bitShiftLeft', (a, b) => (b >= 64n ? 0n : a << b)),
  bits('bitShiftRight', (a, b) => (b >= 64n ? 0n : BigInt.asUintN(64, a) >> b)),
];
