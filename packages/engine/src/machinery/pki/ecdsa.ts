import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';

export const P256 = p256;
export const P384 = p384;
export const P521 = p521;
export type Curve = ECDSA;

/** Digests are made by whoever signs; both halves of the range of s are signatures (SEC 1). */
const OF_DIGEST = { prehash: false, lowS: false, format: 'der' } as const;

/** Signs a SHA-256 digest. The nonce follows from key and digest (RFC 6979), so that one message has one signature. */
export const signP256 = (key: Uint8Array, digest: Uint8Array): Uint8Array => p256.sign(digest, key, OF_DIGEST);

/** The form of JWS (RFC 7518): r and s side by side. */
const PLAIN = { ...OF_DIGEST, format: 'compact' } as const;

export const signP256Plain = (key: Uint8Array, digest: Uint8Array): Uint8Array => p256.sign(digest, key, PLAIN);

export const verifyP256Plain = (publicKey: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean =>
  signature.length === p256.lengths.signature && p256.verify(signature, digest, publicKey, PLAIN);

/** Whether bytes are an uncompressed point of the curve (SEC 1). */
export const isPoint = (curve: Curve, encoded: Uint8Array): boolean => curve.utils.isValidPublicKey(encoded, false);

export const verifyEcdsa = (curve: Curve, key: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean =>
  curve.verify(signature, digest, key, OF_DIGEST);
