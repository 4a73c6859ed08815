import { fromCivil, parseRfc3339, toRfc3339 } from '../../../core/instant.ts';
import { Duration, Timestamp } from '../values.ts';

const UNITS: Record<string, bigint> = { ns: 1n, us: 1000n, µs: 1000n, ms: 1_000_000n, s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n };
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/y;

/** Models time.ParseDuration of Go. */
export function parseDuration(text: string): Duration | undefined {
  const sign = text.startsWith('-') ? -1n : 1n;
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return new Duration(0n);
  let nanos = 0n;
  let at = 0;
  while (at < body.length) {
    PART.lastIndex = at;
    const part = PART.exec(body);
    if (part === null) return undefined;
    const [whole = '', fraction = ''] = (part[1] as string).split('.');
    const unit = UNITS[part[2] as string] as bigint;
    nanos += BigInt(whole || '0') * unit + (fraction === '' ? 0n : (BigInt(fraction) * unit) / 10n ** BigInt(fraction.length));
    at = PART.lastIndex;
  }
  return at === 0 ? undefined : new Duration(sign * nanos);
}

export function parseTimestamp(text: string): Timestamp | undefined {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const seconds = parseRfc3339(date ? `${text}T00:00:00Z` : text.replace(/[.,]\d+/, ''));
  if (seconds === undefined) return undefined;
  const fraction = /[.,](\d+)/.exec(text)?.[1] ?? '';
  return new Timestamp(BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9) || '0'));
}

const fractionText = (nanos: bigint): string => (nanos === 0n ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`);

export function timestampText({ nanos }: Timestamp): string {
  const rest = ((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return `${toRfc3339(Number((nanos - rest) / 1_000_000n)).slice(0, -1)}${fractionText(rest)}Z`;
}

/** Seconds with a fraction, as cel-go prints durations. */
export function durationText({ nanos }: Duration): string {
  const size = nanos < 0n ? -nanos : nanos;
  return `${nanos < 0n ? '-' : ''}${size / 1_000_000_000n}${fractionText(size % 1_000_000_000n)}s`;
}

export const MIN_TIMESTAMP = BigInt(fromCivil(1, 1, 1)) * 1_000_000n;
export const MAX_TIMESTAMP = BigInt(fromCivil(10_000, 1, 1)) * 1_000_000n - 1n;
