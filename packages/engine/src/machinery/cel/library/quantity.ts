import { DecodeError } from '../../decode/decodeError.ts';
import { addQuantities, formatQuantity, parseQuantity, type Quantity } from '../../decode/quantity.ts';
import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import { Opaque, quantityOf } from '../values.ts';

const TYPE = 'kubernetes.Quantity';
const NANO = 1_000_000_000n;

const wrap = (quantity: Quantity): Opaque => new Opaque(TYPE, formatQuantity(quantity), quantity);

function attempt(text: string): Quantity | string {
  try {
    return parseQuantity(text);
  } catch (problem) {
    if (problem instanceof DecodeError) return problem.message;
    throw problem;
  }
}

/** Throws CelError. */
export function quantityFrom(text: string): Opaque {
  const found = attempt(text);
  if (typeof found === 'string') throw new CelError(found);
  return wrap(found);
}

const isWhole = ({ nanos }: Quantity): boolean => nanos % NANO === 0n && nanos / NANO < 2n ** 63n && nanos / NANO >= -(2n ** 63n);

function asInteger(value: Opaque): bigint {
  const quantity = quantityOf(value);
  if (!isWhole(quantity)) throw new CelError('cannot convert value to integer');
  return quantity.nanos / NANO;
}

const order = (a: Opaque, b: Opaque): number => {
  const difference = quantityOf(a).nanos - quantityOf(b).nanos;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

const plus = (a: Opaque, amount: Opaque | bigint, sign: 1n | -1n): Opaque => {
  const other = amount instanceof Opaque ? quantityOf(amount) : { nanos: amount * NANO, format: quantityOf(a).format };
  return wrap(addQuantities(quantityOf(a), { ...other, nanos: other.nanos * sign }));
};

type Pair = readonly [Opaque, Opaque];
type Single = readonly [Opaque];

/** Models k8s.io/apiserver/pkg/cel/library/quantity.go. */
export const QUANTITY: Library = {
  [`quantity(string): ${TYPE}`]: ([text]: readonly string[]) => quantityFrom(text as string),
  'isQuantity(string): bool': ([text]: readonly string[]) => typeof attempt(text as string) !== 'string',
  [`${TYPE}.isInteger(): bool`]: ([q]: Single) => isWhole(quantityOf(q)),
  [`${TYPE}.asInteger(): int`]: ([q]: Single) => asInteger(q),
  [`${TYPE}.asApproximateFloat(): double`]: ([q]: Single) => Number(quantityOf(q).nanos) / Number(NANO),
  [`${TYPE}.sign(): int`]: ([q]: Single) => BigInt(order(q, wrap({ nanos: 0n, format: 'DecimalSI' }))),
  [`${TYPE}.add(${TYPE}): ${TYPE}`]: ([a, b]: Pair) => plus(a, b, 1n),
  [`${TYPE}.add(int): ${TYPE}`]: ([a, b]: readonly [Opaque, bigint]) => plus(a, b, 1n),
  [`${TYPE}.sub(${TYPE}): ${TYPE}`]: ([a, b]: Pair) => plus(a, b, -1n),
  [`${TYPE}.sub(int): ${TYPE}`]: ([a, b]: readonly [Opaque, bigint]) => plus(a, b, -1n),
  [`${TYPE}.isLessThan(${TYPE}): bool`]: ([a, b]: Pair) => order(a, b) < 0,
  [`${TYPE}.isGreaterThan(${TYPE}): bool`]: ([a, b]: Pair) => order(a, b) > 0,
  [`${TYPE}.compareTo(${TYPE}): int`]: ([a, b]: Pair) => BigInt(order(a, b)),
};
