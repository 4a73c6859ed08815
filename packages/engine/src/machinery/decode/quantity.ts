import { DecodeError } from './decodeError.ts';

/** Models k8s.io/apimachinery/pkg/api/resource/quantity.go: decimal and binary amounts, kept exactly down to one billionth. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

export interface Quantity {
  nanos: bigint;
  format: QuantityFormat;
}

const FORMAT_WRONG = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX_WRONG = "unable to parse quantity's suffix";
const NUMERIC_WRONG = 'unable to parse numeric part of quantity';

const SHAPE = /^([+-]?)([0-9]*)(\.[0-9]*)?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const BINARY: Record<string, number> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const DECIMAL_BY_EXPONENT = new Map(Object.entries(DECIMAL).map(([suffix, exponent]) => [exponent, suffix]));
const NANO = 1_000_000_000n;
const INT64_MAX_NANOS = (2n ** 63n - 1n) * NANO;
/** Far beyond what an int64 amount can hold, and small enough to compute with. */
const EXPONENT_MAX = 100;

interface Suffix {
  base: 2 | 10;
  exponent: number;
  format: QuantityFormat;
}

function suffixOf(text: string): Suffix | undefined {
  if (Object.hasOwn(BINARY, text)) return { base: 2, exponent: BINARY[text] as number, format: 'BinarySI' };
  if (Object.hasOwn(DECIMAL, text)) return { base: 10, exponent: DECIMAL[text] as number, format: 'DecimalSI' };
  if (!/^[eE][+-]?[0-9]+$/.test(text)) return undefined;
  const exponent = Number(text.slice(1));
  return Math.abs(exponent) > EXPONENT_MAX ? undefined : { base: 10, exponent, format: 'DecimalExponent' };
}

export function parseQuantity(text: string): Quantity {
  const shape = text === '' ? null : SHAPE.exec(text);
  if (shape === null) throw new DecodeError(FORMAT_WRONG);
  const [, sign, whole = '', fraction = '', suffixText = ''] = shape;
  const suffix = suffixOf(suffixText);
  if (suffix === undefined) throw new DecodeError(SUFFIX_WRONG);
  const decimals = fraction.slice(1);
  if (whole === '' && decimals === '' && fraction !== '') throw new DecodeError(NUMERIC_WRONG);
  const nanos = scaleUp(BigInt(whole + decimals || '0'), decimals.length, suffix);
  const capped = suffix.format === 'BinarySI' && nanos > INT64_MAX_NANOS ? INT64_MAX_NANOS : nanos;
  const format = suffix.format === 'BinarySI' && capped > 0n && capped < NANO ? 'DecimalSI' : suffix.format;
  return { nanos: sign === '-' ? -capped : capped, format };
}

/** digits / 10^places * base^exponent in billionths; what is smaller rounds up, so that something asked for never becomes nothing. */
function scaleUp(digits: bigint, places: number, suffix: Suffix): bigint {
  const ten = (suffix.base === 10 ? suffix.exponent : 0) + 9 - places;
  const scaled = suffix.base === 2 ? digits << BigInt(suffix.exponent) : digits;
  return ten >= 0 ? scaled * 10n ** BigInt(ten) : ceilDivide(scaled, 10n ** BigInt(-ten));
}

/** Division that rounds away from zero. */
function ceilDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  if (quotient * by === value) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

/** The canonical text: no fraction, and the largest suffix that keeps the amount exact. */
export function formatQuantity(quantity: Quantity): string {
  const { nanos, format } = quantity;
  if (nanos === 0n) return '0';
  const binary = format === 'BinarySI' && nanos % NANO === 0n && (nanos <= -1024n * NANO || nanos >= 1024n * NANO);
  return binary ? formatBinary(nanos / NANO) : formatDecimal(nanos, format);
}

function formatBinary(units: bigint): string {
  let amount = units;
  let step = 0;
  while (amount % 1024n === 0n && step < 6) {
    amount /= 1024n;
    step++;
  }
  return `${amount}${['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'][step]}`;
}

function formatDecimal(nanos: bigint, format: QuantityFormat): string {
  let amount = nanos;
  let exponent = -9;
  while (amount % 1000n === 0n && exponent < (format === 'DecimalExponent' ? EXPONENT_MAX : 18)) {
    amount /= 1000n;
    exponent += 3;
  }
  if (format === 'DecimalExponent') return exponent === 0 ? `${amount}` : `${amount}e${exponent}`;
  return `${amount}${DECIMAL_BY_EXPONENT.get(exponent)}`;
}

const CANONICAL_DECIMAL = /^[1-9][0-9]{0,14}[numkMGTPE]?$/;

/** The text that a server stores for a text that a client wrote. */
export function canonicalQuantity(text: string): string {
  if (CANONICAL_DECIMAL.test(text) && !/000[a-zA-Z]?$/.test(text)) return text;
  return formatQuantity(parseQuantity(text));
}

/** Rounded up to a thousandth, as every amount in a ResourceList is. Models SetDefaults_ResourceList. */
export function canonicalResource(text: string): string {
  if (!/[nu.eE]/.test(text)) return canonicalQuantity(text);
  const { nanos, format } = parseQuantity(text);
  return formatQuantity({ nanos: ceilDivide(nanos, 1_000_000n) * 1_000_000n, format });
}

const sign = (value: bigint): number => (value < 0n ? -1 : value > 0n ? 1 : 0);

export const compareQuantities = (a: string, b: string): number => sign(parseQuantity(a).nanos - parseQuantity(b).nanos);

/** Sum in the format of the first that is not zero, as Quantity.Add has it. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

/** Whole units, rounded up. */
export const quantityValue = (text: string): number => Number(ceilDivide(parseQuantity(text).nanos, NANO));

/** Thousandths, rounded up. */
export const quantityMilliValue = (text: string): number => Number(ceilDivide(parseQuantity(text).nanos, 1_000_000n));
