import type { Library } from '../overload.ts';
import { CelError } from '../problem.ts';
import { Opaque } from '../values.ts';

const TYPE = 'kubernetes.Semver';
const SHAPE = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

interface Version {
  numbers: readonly bigint[];
  prerelease: readonly string[];
}

function attempt(text: string, normalize: boolean): Version | undefined {
  const padded = normalize ? normalized(text) : text;
  const shape = SHAPE.exec(padded);
  return shape ? { numbers: shape.slice(1, 4).map(BigInt), prerelease: shape[4]?.split('.') ?? [] } : undefined;
}

/** Without a leading v, without leading zeros, with three numbers. */
function normalized(text: string): string {
  const [, numbers = '', rest = ''] = /^v?([\d.]*)(.*)$/.exec(text) as RegExpExecArray;
  const parts = numbers.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (parts.length < 3) parts.push('0');
  return parts.join('.') + rest;
}

function compareIds(a: string, b: string): number {
  const [x, y] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (x && y) return Number(BigInt(a) - BigInt(b));
  if (x !== y) return x ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compare(a: Version, b: Version): number {
  for (const [i, number] of a.numbers.entries()) if (number !== b.numbers[i]) return number < (b.numbers[i] as bigint) ? -1 : 1;
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  for (let i = 0; i < Math.min(a.prerelease.length, b.prerelease.length); i++) {
    const order = compareIds(a.prerelease[i] as string, b.prerelease[i] as string);
    if (order !== 0) return order;
  }
  return a.prerelease.length - b.prerelease.length;
}

/** Throws CelError. */
export function semverOf(text: string, normalize: boolean): Opaque {
  const version = attempt(text, normalize);
  if (!version) throw new CelError(`semver parse error during conversion from string: invalid version ${JSON.stringify(text)}`);
  return new Opaque(TYPE, text, version);
}

const order = (a: Opaque, b: Opaque): number => Math.sign(compare(a.data as Version, b.data as Version));
type Pair = readonly [Opaque, Opaque];
const number =
  (i: number) =>
  ([v]: readonly [Opaque]) =>
    (v.data as Version).numbers[i] as bigint;

/** Models k8s.io/apiserver/pkg/cel/library/semverlib.go. */
export const SEMVER: Library = {
  [`semver(string): ${TYPE}`]: ([text]: readonly [string]) => semverOf(text, false),
  [`semver(string, bool): ${TYPE}`]: ([text, normalize]: readonly [string, boolean]) => semverOf(text, normalize),
  'isSemver(string): bool': ([text]: readonly [string]) => attempt(text, false) !== undefined,
  'isSemver(string, bool): bool': ([text, normalize]: readonly [string, boolean]) => attempt(text, normalize) !== undefined,
  [`${TYPE}.major(): int`]: number(0),
  [`${TYPE}.minor(): int`]: number(1),
  [`${TYPE}.patch(): int`]: number(2),
  [`${TYPE}.isLessThan(${TYPE}): bool`]: ([a, b]: Pair) => order(a, b) < 0,
  [`${TYPE}.isGreaterThan(${TYPE}): bool`]: ([a, b]: Pair) => order(a, b) > 0,
  [`${TYPE}.compareTo(${TYPE}): int`]: ([a, b]: Pair) => BigInt(order(a, b)),
};
