import { compileRegex, type LinearRegex, RegexError } from '../../regex/index.ts';
import type { Host, Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import type { Value } from '../values.ts';
import { formatText } from './format.ts';

/** Positions in texts count code points. */
const runes = (text: string): string[] => [...text];

function inRange(at: bigint, length: number, what: (at: bigint) => string): number {
  if (at < 0n || at > BigInt(length)) throw new CelError(what(at));
  return Number(at);
}

const outOfRange = (at: bigint): string => `index out of range: ${at}`;

function indexOf(text: string, part: string, from: bigint): bigint {
  const all = runes(text);
  const start = inRange(from, all.length, outOfRange);
  const found = all.slice(start).join('').indexOf(part);
  return found < 0 ? -1n : BigInt(start + runes(all.slice(start).join('').slice(0, found)).length);
}

function lastIndexOf(text: string, part: string, from?: bigint): bigint {
  const all = runes(text);
  const end = from === undefined ? all.length : inRange(from, all.length, outOfRange) + runes(part).length;
  const found = all.slice(0, end).join('').lastIndexOf(part);
  return found < 0 ? -1n : BigInt(runes(all.join('').slice(0, found)).length);
}

function substring(text: string, from: bigint, to?: bigint): string {
  const all = runes(text);
  const start = inRange(from, all.length, outOfRange);
  const end = to === undefined ? all.length : inRange(to, all.length, outOfRange);
  if (start > end) throw new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  return all.slice(start, end).join('');
}

function split(text: string, separator: string, limit: number): string[] {
  if (limit === 0) return [];
  const parts = separator === '' ? runes(text) : text.split(separator);
  if (limit < 0 || parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

function replace(text: string, from: string, to: string, count: number): string {
  if (count < 0) return text.replaceAll(from, () => to);
  let out = text;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const found = out.indexOf(from, at);
    if (found < 0) break;
    out = out.slice(0, found) + to + out.slice(found + from.length);
    at = found + to.length + (from === '' ? 1 : 0);
  }
  return out;
}

const ascii = (text: string, pattern: RegExp, change: (text: string) => string): string => text.replace(pattern, change);
const trim = (text: string): string => text.replace(/^[\s\u0085]+|[\s\u0085]+$/gu, '');

function charAt(text: string, at: bigint): string {
  const all = runes(text);
  return all[inRange(at, all.length, outOfRange)] ?? '';
}

function join(list: Texts, by: string, host: Host): string {
  host.spend(list.reduce((sum, text) => sum + text.length + by.length, 0) / 10);
  return list.join(by);
}

type Texts = readonly string[];

/** Models ext/strings.go of cel-go and the standard functions of texts. */
export const STRINGS: Library = {
  'string.startsWith(string): bool': ([a, b]: Texts) => (a as string).startsWith(b as string),
  'string.endsWith(string): bool': ([a, b]: Texts) => (a as string).endsWith(b as string),
  'string.contains(string): bool': ([a, b]: Texts, host) => {
    host.spend(((a as string).length * (b as string).length) / 100);
    return (a as string).includes(b as string);
  },
  'string.charAt(int): string': ([a, at]: readonly [string, bigint]) => charAt(a as string, at as bigint),
  'string.indexOf(string): int': ([a, b]: Texts) => indexOf(a as string, b as string, 0n),
  'string.indexOf(string, int): int': ([a, b, from]: readonly [string, string, bigint]) => indexOf(a as string, b as string, from as bigint),
  'string.lastIndexOf(string): int': ([a, b]: Texts) => lastIndexOf(a as string, b as string),
  'string.lastIndexOf(string, int): int': ([a, b, from]: readonly [string, string, bigint]) => lastIndexOf(a as string, b as string, from as bigint),
  'string.lowerAscii(): string': ([a]: Texts) => ascii(a as string, /[A-Z]+/g, (t) => t.toLowerCase()),
  'string.upperAscii(): string': ([a]: Texts) => ascii(a as string, /[a-z]+/g, (t) => t.toUpperCase()),
  'string.replace(string, string): string': ([a, from, to]: Texts, host) => {
    host.spend((a as string).length * 0.1 * (1 + (to as string).length));
    return replace(a as string, from as string, to as string, -1);
  },
  'string.replace(string, string, int): string': ([a, from, to, n]: readonly [string, string, string, bigint], host) => {
    host.spend((a as string).length * 0.1 * (1 + (to as string).length));
    return replace(a as string, from as string, to as string, Number(n));
  },
  'string.split(string): list<string>': ([a, b]: Texts) => split(a as string, b as string, -1),
  'string.split(string, int): list<string>': ([a, b, n]: readonly [string, string, bigint]) => split(a as string, b as string, Number(n)),
  'string.substring(int): string': ([a, from]: readonly [string, bigint]) => substring(a as string, from as bigint),
  'string.substring(int, int): string': ([a, from, to]: readonly [string, bigint, bigint]) => substring(a as string, from as bigint, to as bigint),
  'string.trim(): string': ([a]: Texts) => trim(a as string),
  'string.reverse(): string': ([a]: Texts) =>
    runes(a as string)
      .reverse()
      .join(''),
  'strings.quote(string): string': ([a]: Texts) => JSON.stringify(a),
  'list<string>.join(): string': ([list]: readonly Texts[], host) => join(list as Texts, '', host),
  'list<string>.join(string): string': ([list, by]: readonly [Texts, string], host) => join(list, by, host),
  'string.format(list<dyn>): string': ([text, values]: readonly Value[], host) => {
    host.spend((text as string).length / 10 + (values as Value[]).length);
    return formatText(text as string, values as Value[]);
  },
};

function regex(pattern: string | undefined, { spend }: Host): LinearRegex {
  try {
    return compileRegex(pattern as string, spend);
  } catch (problem) {
    throw problem instanceof RegexError ? new CelError(problem.message) : problem;
  }
}

/** Models k8s.io/apiserver/pkg/cel/library/regex.go. */
export const REGEX: Library = {
  'string.matches(string): bool': ([text, pattern]: Texts, host) => regex(pattern, host).test(text as string, host.spend),
  'matches(string, string): bool': ([text, pattern]: Texts, host) => regex(pattern, host).test(text as string, host.spend),
  'string.find(string): string': ([text, pattern]: Texts, host) => regex(pattern, host).find(text as string, host.spend) ?? '',
  'string.findAll(string): list<string>': ([text, pattern]: Texts, host) => regex(pattern, host).findAll(text as string, -1, host.spend),
  'string.findAll(string, int): list<string>': ([text, pattern, n]: readonly [string, string, bigint], host) =>
    regex(pattern, host).findAll(text as string, Number(n), host.spend),
};
