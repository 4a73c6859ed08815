import { parseRfc3339, toRfc3339 } from '../../core/instant.ts';
import { goQuote } from '../field.ts';
import { DecodeError } from './decodeError.ts';

const SECONDS_LAYOUT = '2006-01-02T15:04:05Z07:00';
const MICROS_LAYOUT = '2006-01-02T15:04:05.000000Z07:00';

interface Element {
  /** As Go's reference time writes it. */
  name: string;
  pattern: RegExp;
  range?: { name: string; min: number; max: number };
}

const element = (name: string, pattern: RegExp, range?: Element['range']): Element => ({ name, pattern, ...(range ? { range } : {}) });
const literal = (text: string): Element => element(text, new RegExp(`^${text}`));

const DATE_AND_TIME: Element[] = [
  element('2006', /^\d{4}/),
  literal('-'),
  element('01', /^\d\d/, { name: 'month', min: 1, max: 12 }),
  literal('-'),
  element('02', /^\d\d/),
  literal('T'),
  element('15', /^\d\d/, { name: 'hour', min: 0, max: 23 }),
  literal(':'),
  element('04', /^\d\d/, { name: 'minute', min: 0, max: 59 }),
  literal(':'),
];
const SECOND = { name: 'second', min: 0, max: 59 };
const ZONE = element('Z07:00', /^(?:Z|[+-]\d\d:\d\d)/);
const SECONDS = [...DATE_AND_TIME, element('05', /^\d\d(?:[.,]\d+)?/, SECOND), ZONE];
const MICROS = [...DATE_AND_TIME, element('05', /^\d\d/, SECOND), element('.000000', /^[.,]\d{6}/), ZONE];

/** Models time.Parse of Go's package time: the first element that does not fit is the error. */
function check(text: string, layout: string, elements: Element[]): void {
  const fail = (detail: string): never => {
    throw new DecodeError(`parsing time ${goQuote(text)}${detail}`);
  };
  let rest = text;
  let outOfRange: string | undefined;
  for (const { name, pattern, range } of elements) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) fail(` as ${goQuote(layout)}: cannot parse ${goQuote(rest)} as ${goQuote(name)}`);
    const value = Number.parseInt(found as string, 10);
    if (range !== undefined && (value < range.min || value > range.max)) outOfRange ??= range.name;
    if (outOfRange !== undefined) fail(`: ${outOfRange} out of range`);
    rest = rest.slice((found as string).length);
  }
  if (rest !== '') fail(`: extra text: ${goQuote(rest)}`);
  if (parseRfc3339(text.replace(',', '.')) === undefined) fail(': day out of range');
}

/** metav1.Time: any RFC 3339 text becomes UTC in whole seconds. */
export function canonicalTime(text: string): string {
  check(text, SECONDS_LAYOUT, SECONDS);
  return toRfc3339(parseRfc3339(text.replace(',', '.')) as number);
}

/** metav1.MicroTime: six fractional digits exactly. */
export function canonicalMicroTime(text: string): string {
  check(text, MICROS_LAYOUT, MICROS);
  const wellFormed = text.replace(',', '.');
  const fraction = wellFormed.slice(19, 26);
  return `${toRfc3339(parseRfc3339(wellFormed) as number).slice(0, -1)}${fraction}Z`;
}
