import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { der, derBits, derOid, fromBigInt, TAG, toBigInt } from './der.ts';
import { P256 } from './ecdsa.ts';
import { EC_PUBLIC_KEY, P256_OID } from './signature.ts';

const encoder = new TextEncoder();

/** A pair of keys on P-256 that follows from a secret. */
export interface KeyPair {
  privateKey: Uint8Array;
  /** The uncompressed point. */
  point: Uint8Array;
  /** The point as a SubjectPublicKeyInfo. */
  publicKey: Uint8Array;
}

export function derivedKey(secret: string): KeyPair {
  const number = toBigInt(hmac(sha256, encoder.encode(secret), encoder.encode('key')));
  const privateKey = fromBigInt((number % (P256.Point.Fn.ORDER - 1n)) + 1n, P256.lengths.secretKey as number);
  const point = P256.getPublicKey(privateKey, false);
  const algorithm = der(TAG.sequence, derOid(EC_PUBLIC_KEY), derOid(P256_OID));
  return { privateKey, point, publicKey: der(TAG.sequence, algorithm, derBits(point)) };
}
