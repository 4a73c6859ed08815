import { whole } from './text.ts';

/**
 * Chance is a hash of what it is for, never a position in a stream: the same cluster, object, purpose and occurrence
 * give the same outcome however time was cut into ticks.
 */
function mix(h: number): number {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32-bit hash of a text (MurmurHash3's finaliser over an FNV-1a pass). */
export function hash32(text: string, salt = 0): number {
  let h = (0x811c9dc5 ^ salt) >>> 0;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  return mix(h ^ text.length);
}

const purposeText = (parts: readonly (string | number)[]): string => parts.join('\u0000');

/** A number in [0, 1) for a purpose. */
export const chance = (seed: string, ...purpose: (string | number)[]): number => hash32(purposeText([seed, ...purpose])) / 0x1_0000_0000;

/** A whole number in [low, high] for a purpose. */
export const chanceBetween = (low: number, high: number, seed: string, ...purpose: (string | number)[]): number =>
  low + Math.floor(chance(seed, ...purpose) * (high - low + 1));

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Eight characters, by table: a number over 31 bits takes its time to be spelled out. */
const hex8 = (value: number): string =>
  (BYTES[value >>> 24] as string) + BYTES[(value >>> 16) & 255] + BYTES[(value >>> 8) & 255] + BYTES[value & 255];

/** Hexadecimal digits that follow from a text, eight for each word. */
export function hexOf(text: string, words: number): string {
  let out = '';
  for (let salt = 1; salt <= words; salt++) out += hex8(hash32(text, salt));
  return whole(out);
}

const UUID_SALT = 0x9e3779b9;

/** The first eight characters of the UUID for a purpose: enough to pass over most others. */
export const chanceUuidStart = (seed: string, ...purpose: (string | number)[]): string => hex8(hash32(purposeText([seed, ...purpose]), UUID_SALT));

const uuidPart = (text: string, salt: number): string => hex8(hash32(text, salt * UUID_SALT));

/** A version 4 UUID for a purpose. */
export function chanceUuid(seed: string, ...purpose: (string | number)[]): string {
  const text = purposeText([seed, ...purpose]);
  const [a, b, c, d] = [uuidPart(text, 1), uuidPart(text, 2), uuidPart(text, 3), uuidPart(text, 4)];
  const variant = '89ab'[Number.parseInt(c[0] as string, 16) & 3] as string;
  return whole(`${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`);
}

// Models k8s.io/apimachinery/pkg/util/rand: no vowels and no look-alikes, so that suffixes spell nothing.
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A name suffix as generateName appends it. */
export function chanceSuffix(length: number, seed: string, ...purpose: (string | number)[]): string {
  const text = purposeText([seed, ...purpose]);
  let out = '';
  for (let i = 0; i < length; i++) out += SUFFIX_ALPHABET[hash32(text, i + 1) % SUFFIX_ALPHABET.length];
  return out;
}
