import { type FieldError, invalid } from '../../machinery/field.ts';

// Models k8s.io/apimachinery/pkg/util/validation/ip.go.
export type Family = 4 | 6;

/** The 16-bit groups of an IPv6 address or the bytes of an IPv4 one; undefined if it is neither. Leading zeros are let through, as Go's sloppy parser does. */
export function parseIp(text: string): { family: Family; parts: number[] } | undefined {
  const v4 = parseV4(text);
  if (v4) return { family: 4, parts: v4 };
  const v6 = parseV6(text);
  return v6 ? { family: 6, parts: v6 } : undefined;
}

function parseV4(text: string): number[] | undefined {
  if (!/^\d{1,10}(\.\d{1,10}){3}$/.test(text)) return undefined;
  const parts = text.split('.').map(Number);
  return parts.every((p) => p <= 255) ? parts : undefined;
}

function parseV6(text: string): number[] | undefined {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map(parseGroups);
  if (groups.some((g) => g === undefined)) return undefined;
  const [head, tail] = groups as [number[], number[] | undefined];
  if (tail === undefined) return head.length === 8 ? head : undefined;
  const missing = 8 - head.length - tail.length;
  return missing >= 1 ? [...head, ...new Array<number>(missing).fill(0), ...tail] : undefined;
}

function parseGroups(half: string): number[] | undefined {
  if (half === '') return [];
  const words = half.split(':');
  const out: number[] = [];
  for (const [i, word] of words.entries()) {
    if (word.includes('.')) {
      const v4 = i === words.length - 1 ? parseV4(word) : undefined;
      if (!v4) return undefined;
      const [a, b, c, d] = v4 as [number, number, number, number];
      out.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(word)) out.push(Number.parseInt(word, 16));
    else return undefined;
  }
  return out;
}

export interface Address {
  family: Family;
  parts: number[];
}

/** RFC 5952: the longest run of zeros, the first of several, is left out. */
export function canonicalIp({ family, parts }: Address): string {
  if (family === 4) return parts.join('.');
  let [from, length] = [-1, 1];
  for (let i = 0; i < 8; i++) {
    const run = parts.slice(i).findIndex((part) => part !== 0);
    const zeros = run < 0 ? 8 - i : run;
    if (zeros > length) [from, length] = [i, zeros];
  }
  const hex = (words: number[]): string => words.map((part) => part.toString(16)).join(':');
  return from < 0 ? hex(parts) : `${hex(parts.slice(0, from))}::${hex(parts.slice(from + length))}`;
}

export interface Cidr {
  family: Family;
  parts: number[];
  prefixBits: number;
}

export function parseCidr(text: string): Cidr | undefined {
  const at = text.indexOf('/');
  const ip = at < 0 ? undefined : parseIp(text.slice(0, at));
  const bits = text.slice(at + 1);
  if (!ip || !/^\d{1,3}$/.test(bits)) return undefined;
  const prefixBits = Number(bits);
  return prefixBits <= (ip.family === 4 ? 32 : 128) ? { ...ip, prefixBits } : undefined;
}

export const ipFamily = (text: string): Family | undefined => parseIp(text)?.family;

/** Of decimal numbers; groups of hexadecimal digits may have them. */
export const hasLeadingZero = (text: string): boolean => text.includes('.') && /(^|\.|:)0\d+(?=\.|$)/.test(text);

/** `::ffff:1.2.3.4`, however it is written. */
export const isMapped = ({ family, parts }: { family: Family; parts: number[] }): boolean =>
  family === 6 && parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff;

/** Models IsValidIPForLegacyField with StrictIPCIDRValidation. */
export function validateIp(value: string, path: string): FieldError[] {
  const problem = ipProblem(value);
  return problem === undefined ? [] : [invalid(path, value, problem)];
}

export function ipProblem(value: string): string | undefined {
  const ip = parseIp(value);
  if (!ip) return 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
  if (hasLeadingZero(value)) return 'must not have leading 0s';
  return isMapped(ip) ? 'must not be an IPv4-mapped IPv6 address' : undefined;
}

/** Models IsValidCIDRForLegacyField with StrictIPCIDRValidation. */
export function validateCidr(value: string, path: string): FieldError[] {
  const cidr = parseCidr(value);
  if (!cidr) return [invalid(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
  const [address, bits] = value.split('/') as [string, string];
  if (hasLeadingZero(address) || /^0\d/.test(bits)) return [invalid(path, value, 'must not have leading 0s in IP or prefix length')];
  if (isMapped(cidr)) return [invalid(path, value, 'must not have an IPv4-mapped IPv6 address')];
  return hasBitsBeyond(cidr) ? [invalid(path, value, 'must not have bits set beyond the prefix length')] : [];
}

export function hasBitsBeyond({ family, parts, prefixBits }: Cidr): boolean {
  const width = family === 4 ? 8 : 16;
  return parts.some((part, i) => {
    const hostBits = Math.min(width, Math.max(0, (i + 1) * width - prefixBits));
    return (part & (2 ** hostBits - 1)) !== 0;
  });
}
