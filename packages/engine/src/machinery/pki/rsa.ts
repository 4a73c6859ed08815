import { type Der, der, derOid, fromBigInt, joinBytes, readDer, TAG, toBigInt } from './der.ts';

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

const MODULUS_BITS_MAX = 16_384;
const EXPONENT_MAX = 2n ** 31n;

/** RSASSA-PKCS1-v1_5 of RFC 8017. */
export function verifyRsa(publicKey: Uint8Array, hash: { oid: string; digest: Uint8Array }, signature: Uint8Array): boolean {
  const [first, second] = readDer(publicKey).is(TAG.sequence).children() as [Der?, Der?];
  if (!first || !second) return false;
  const [modulus, exponent] = [first.integer(), second.integer()];
  const bits = modulus.toString(2).length;
  if (modulus <= 0n || exponent <= 0n || bits > MODULUS_BITS_MAX || exponent > EXPONENT_MAX) return false;
  const bytes = Math.ceil(bits / 8);
  const info = der(TAG.sequence, der(TAG.sequence, derOid(hash.oid), der(TAG.null)), der(TAG.octetString, hash.digest));
  if (signature.length !== bytes || bytes < info.length + 11) return false;
  const expected = joinBytes([Uint8Array.of(0, 1), new Uint8Array(bytes - info.length - 3).fill(0xff), Uint8Array.of(0), info]);
  const found = fromBigInt(power(toBigInt(signature) % modulus, exponent, modulus), bytes);
  return found.every((byte, i) => byte === expected[i]);
}
