import { hmacSha256 } from '../identity/sha256.ts';
import { type Curve, combine, inverse, multiply, onCurve, P256, type Point } from './curve.ts';
import { type Der, der, derInteger, fromBigInt, joinBytes, readDer, TAG, toBigInt } from './der.ts';

/** The leftmost bits of a digest, as many as the curve's order has. */
function truncated({ n }: Curve, digest: Uint8Array): bigint {
  const excess = digest.length * 8 - n.toString(2).length;
  const value = toBigInt(digest);
  return excess > 0 ? value >> BigInt(excess) : value;
}

/** The nonce of RFC 6979, so that one message has one signature. */
function nonce(key: bigint, digest: Uint8Array): bigint {
  const { n, bytes } = P256;
  const seed = joinBytes([fromBigInt(key, bytes), fromBigInt(toBigInt(digest) % n, bytes)]);
  let k: Uint8Array = new Uint8Array(32);
  let v: Uint8Array = new Uint8Array(32).fill(1);
  for (const separator of [0, 1]) {
    k = hmacSha256(k, joinBytes([v, Uint8Array.of(separator), seed]));
    v = hmacSha256(k, v);
  }
  for (;;) {
    v = hmacSha256(k, v);
    const candidate = toBigInt(v);
    if (candidate > 0n && candidate < n) return candidate;
    k = hmacSha256(k, joinBytes([v, Uint8Array.of(0)]));
    v = hmacSha256(k, v);
  }
}

/** Signs a SHA-256 digest with a key on P-256. */
export function signP256(key: bigint, digest: Uint8Array): Uint8Array {
  const { n } = P256;
  const k = nonce(key, digest);
  const point = multiply(P256, k) as Point;
  const r = point[0] % n;
  const s = (inverse(k, n) * (toBigInt(digest) + r * key)) % n;
  return der(TAG.sequence, derInteger(r), derInteger(s));
}

export function verifyEcdsa(curve: Curve, key: Point, digest: Uint8Array, signature: Uint8Array): boolean {
  const [first, second] = readDer(signature).is(TAG.sequence).children() as [Der?, Der?];
  if (!first || !second || !onCurve(curve, key)) return false;
  const { n } = curve;
  const [r, s] = [first.integer(), second.integer()];
  if (r <= 0n || s <= 0n || r >= n || s >= n) return false;
  const w = inverse(s, n);
  const point = combine(curve, (truncated(curve, digest) * w) % n, (r * w) % n, key);
  return point !== undefined && point[0] % n === r;
}

/** An uncompressed point (SEC 1). */
export function readPoint({ bytes }: Curve, encoded: Uint8Array): Point | undefined {
  if (encoded[0] !== 4 || encoded.length !== 1 + 2 * bytes) return undefined;
  return [toBigInt(encoded.subarray(1, 1 + bytes)), toBigInt(encoded.subarray(1 + bytes))];
}

export const writePoint = ({ bytes }: Curve, [x, y]: Point): Uint8Array => joinBytes([Uint8Array.of(4), fromBigInt(x, bytes), fromBigInt(y, bytes)]);
