import { parseQuantity } from '../../machinery/decode/quantity.ts';

const NANO = 1_000_000_000n;

const MEMO_MAX = 4096;
const memo = new Map<string, bigint>();

/** Billionths of a quantity that the decoder has accepted; absent counts as zero. Remembered: the same few texts come again and again. */
export function nano(text: string | number | undefined): bigint {
  if (text === undefined) return 0n;
  const key = String(text);
  const known = memo.get(key);
  if (known !== undefined) return known;
  const { nanos } = parseQuantity(key);
  if (memo.size >= MEMO_MAX) memo.clear();
  memo.set(key, nanos);
  return nanos;
}

export const compareQuantity = (a: string | number | undefined, b: string | number | undefined): number => {
  const difference = nano(a) - nano(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export const isWholeQuantity = (text: string | number): boolean => nano(text) % NANO === 0n;

/** Away from zero, as Go's Quantity rounds. */
const divideUp = (value: bigint, by: bigint): bigint => (value < 0n ? (value - by + 1n) / by : (value + by - 1n) / by);

/** Rounded up to whole units. */
export const wholeUnits = (text: string | number | undefined): bigint => divideUp(nano(text), NANO);

/** Rounded up to thousandths. */
export const milliUnits = (text: string | number | undefined): bigint => divideUp(nano(text), 1_000_000n);
