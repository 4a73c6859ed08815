import { CelError } from './problem.ts';
import type { ListSemantics } from './types.ts';
import { Duration, isList, isMap, Opaque, Optional, quantityOf, semanticsOf, Timestamp, TypeValue, Uint, type Value } from './values.ts';

const numeric = (value: Value): bigint | number | undefined =>
  typeof value === 'bigint' || typeof value === 'number' ? value : value instanceof Uint ? value.value : undefined;

type Spend = (steps: number) => void;
const FREE: Spend = () => {};

/** Comparing what is large costs accordingly. */
export function equal(a: Value, b: Value, spend: Spend = FREE): boolean {
  if (a === b) return true;
  const [x, y] = [numeric(a), numeric(b)];
  // biome-ignore lint/suspicious/noDoubleEquals: numbers are equal across their types
  if (x !== undefined && y !== undefined) return x == y;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (isList(a)) return isList(b) && equalLists(a, b, spend);
  if (isMap(a))
    return (
      isMap(b) &&
      a.size === b.size &&
      a.keys().every((key) => {
        const other = b.get(key);
        return other !== undefined && equal(a.get(key) as Value, other, spend);
      })
    );
  if ((a instanceof Duration && b instanceof Duration) || (a instanceof Timestamp && b instanceof Timestamp)) return a.nanos === b.nanos;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return a.length === b.length && a.every((byte, i) => byte === b[i]);
  if (a instanceof TypeValue && b instanceof TypeValue) return a.name === b.name;
  if (a instanceof Optional && b instanceof Optional)
    return a.value === undefined || b.value === undefined ? a.value === b.value : equal(a.value, b.value);
  return a instanceof Opaque && b instanceof Opaque && equalOpaque(a, b);
}

const equalOpaque = (a: Opaque, b: Opaque): boolean => {
  if (a.type !== b.type) return false;
  return a.type === 'kubernetes.Quantity' ? quantityOf(a).nanos === quantityOf(b).nanos : a.text === b.text;
};

/** Sets are equal whatever their order, and so are lists that are keyed. */
function equalLists(a: readonly Value[], b: readonly Value[], spend: Spend): boolean {
  if (a.length !== b.length) return false;
  const semantics = semanticsOf(a) ?? semanticsOf(b);
  spend((semantics ? a.length ** 2 : a.length) / 10);
  if (!semantics) return a.every((item, i) => equal(item, b[i] as Value, spend));
  return a.every((item) => b.some((other) => equal(item, other, spend)));
}

const keyOf = (item: Value, { type, keys }: ListSemantics): Value =>
  type === 'map' && item !== null && isMap(item) ? keys.map((key) => item.get(key) ?? null) : item;

/** `+` of lists; a set takes no item twice, a keyed list replaces items with the same keys. */
export function concatenate(a: readonly Value[], b: readonly Value[]): { items: Value[]; semantics: ListSemantics | undefined } {
  const semantics = semanticsOf(a) ?? semanticsOf(b);
  if (!semantics) return { items: [...a, ...b], semantics };
  const items = [...a];
  for (const item of b) {
    const key = keyOf(item, semantics);
    const at = items.findIndex((other) => equal(keyOf(other, semantics), key));
    if (at < 0) items.push(item);
    else items[at] = item;
  }
  return { items, semantics };
}

/** Order of two values of one kind; numbers compare across their types. */
export function compare(a: Value, b: Value): number {
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if ((a instanceof Duration && b instanceof Duration) || (a instanceof Timestamp && b instanceof Timestamp)) {
    return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  throw new CelError('no such overload');
}

/** Go compares the bytes of UTF-8, which is the order of code points. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const order = ((x[i] as string).codePointAt(0) as number) - ((y[i] as string).codePointAt(0) as number);
    if (order !== 0) return order;
  }
  return x.length - y.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
}
