import { compare, equal } from '../equality.ts';
import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import { Duration, isList, NONE, Optional, Uint, type Value } from '../values.ts';
import { duration, int, uint } from './operators.ts';

type Lists = readonly (readonly Value[])[];

function ends(list: readonly Value[], sign: 1 | -1, name: string): Value {
  if (list.length === 0) throw new CelError(`${name} called on empty list`);
  return list.reduce((best, item) => (compare(item, best) * sign > 0 ? item : best));
}

function sum(list: readonly Value[]): Value {
  if (list.length === 0) return 0n;
  return list.reduce((total, item) => {
    if (typeof total === 'bigint' && typeof item === 'bigint') return int(total + item);
    if (typeof total === 'number' && typeof item === 'number') return total + item;
    if (total instanceof Uint && item instanceof Uint) return uint(total.value + item.value);
    if (total instanceof Duration && item instanceof Duration) return duration(total.nanos + item.nanos);
    throw new CelError('no such overload');
  });
}

const isSorted = (list: readonly Value[]): boolean => list.every((item, i) => i === 0 || compare(list[i - 1] as Value, item) <= 0);

function flatten(list: readonly Value[], depth: number): Value[] {
  return list.flatMap((item) => (isList(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

function distinct(list: readonly Value[]): Value[] {
  return list.filter((item, i) => list.findIndex((other) => equal(other, item)) === i);
}

function slice(list: readonly Value[], from: bigint, to: bigint): Value[] {
  if (from < 0n || to < 0n) throw new CelError(`cannot slice(${from}, ${to}), negative indexes not supported`);
  if (from > to) throw new CelError(`cannot slice(${from}, ${to}), start index must be less than or equal to end index`);
  if (to > BigInt(list.length)) throw new CelError(`cannot slice(${from}, ${to}), list is length ${list.length}`);
  return list.slice(Number(from), Number(to));
}

const indexes = (list: readonly Value[], item: Value): number[] => list.flatMap((each, i) => (equal(each, item) ? [i] : []));

/** Models k8s.io/apiserver/pkg/cel/library/lists.go and ext/lists.go of cel-go. */
export const LISTS: Library = {
  'list<T>.isSorted(): bool': ([list]: Lists) => isSorted(list as Value[]),
  'list<T>.sum(): T': ([list]: Lists) => sum(list as Value[]),
  'list<T>.min(): T': ([list]: Lists) => ends(list as Value[], -1, 'min'),
  'list<T>.max(): T': ([list]: Lists) => ends(list as Value[], 1, 'max'),
  'list<T>.indexOf(T): int': ([list, item]: readonly Value[], host) => {
    host.spend((list as Value[]).length);
    return BigInt(indexes(list as Value[], item as Value)[0] ?? -1);
  },
  'list<T>.lastIndexOf(T): int': ([list, item]: readonly Value[], host) => {
    host.spend((list as Value[]).length);
    return BigInt(indexes(list as Value[], item as Value).pop() ?? -1);
  },
  'list<T>.slice(int, int): list<T>': ([list, from, to]: readonly Value[]) => slice(list as Value[], from as bigint, to as bigint),
  'list<dyn>.flatten(): list<dyn>': ([list]: Lists) => flatten(list as Value[], 1),
  'list<dyn>.flatten(int): list<dyn>': ([list, depth]: readonly Value[]) => flatten(list as Value[], Number(depth)),
  'list<T>.distinct(): list<T>': ([list]: Lists, host) => {
    host.spend((list as Value[]).length ** 2);
    return distinct(list as Value[]);
  },
  'list<T>.sort(): list<T>': ([list]: Lists) => [...(list as Value[])].sort(compare),
  'list<T>.reverse(): list<T>': ([list]: Lists) => [...(list as Value[])].reverse(),
  'list<T>.first(): optional<T>': ([list]: Lists) => optionalItem((list as Value[])[0]),
  'list<T>.last(): optional<T>': ([list]: Lists) => optionalItem((list as Value[]).at(-1)),
};

const optionalItem = (item: Value | undefined): Optional => (item === undefined ? NONE : new Optional(item));

const containsAll = (list: readonly Value[], others: readonly Value[]): boolean => others.every((item) => list.some((each) => equal(each, item)));
const product = ([a, b]: Lists): number => (a as Value[]).length * (b as Value[]).length;

/** Models ext/sets.go of cel-go. */
export const SETS: Library = {
  'sets.contains(list<T>, list<T>): bool': (args: Lists, host) => {
    host.spend(product(args));
    return containsAll(args[0] as Value[], args[1] as Value[]);
  },
  'sets.equivalent(list<T>, list<T>): bool': (args: Lists, host) => {
    host.spend(product(args) * 2);
    return containsAll(args[0] as Value[], args[1] as Value[]) && containsAll(args[1] as Value[], args[0] as Value[]);
  },
  'sets.intersects(list<T>, list<T>): bool': (args: Lists, host) => {
    host.spend(product(args));
    return (args[0] as Value[]).some((item) => (args[1] as Value[]).some((other) => equal(item, other)));
  },
};

/** Models cel/library.go (optional types) of cel-go. */
export const OPTIONALS: Library = {
  'optional.of(T): optional<T>': ([value]: readonly Value[]) => new Optional(value as Value),
  'optional.none(): optional<T>': () => NONE,
  'optional.ofNonZeroValue(T): optional<T>': ([value]: readonly Value[]) => (isZero(value as Value) ? NONE : new Optional(value as Value)),
  'optional.unwrap(list<optional<T>>): list<T>': ([list]: Lists) =>
    (list as unknown as readonly Optional[]).flatMap(({ value }) => (value === undefined ? [] : [value])),
  'optional<T>.hasValue(): bool': ([o]: readonly Optional[]) => (o as Optional).value !== undefined,
  'optional<T>.value(): T': ([o]: readonly Optional[]) => {
    if ((o as Optional).value === undefined) throw new CelError('optional.none() dereference');
    return (o as Optional).value as Value;
  },
  'optional<T>.orValue(T): T': ([o, other]: readonly Value[]) =>
    (o as Optional).value === undefined ? (other as Value) : ((o as Optional).value as Value),
  'optional<T>.or(optional<T>): optional<T>': ([o, other]: readonly Optional[]) =>
    (o as Optional).value === undefined ? (other as Optional) : (o as Optional),
};

const isZero = (value: Value): boolean =>
  value === null ||
  value === '' ||
  value === 0n ||
  value === 0 ||
  value === false ||
  (isList(value) && value.length === 0) ||
  (typeof value === 'object' && 'size' in value && value.size === 0);
