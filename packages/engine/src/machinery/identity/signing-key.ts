import { sha256 } from '@noble/hashes/sha2.js';
import { derivedKey, type KeyPair } from '../pki/derived-key.ts';
import { signP256Plain, verifyP256Plain } from '../pki/ecdsa.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';

export const ALGORITHM = 'ES256';
const REMEMBERED_MAX = 256;
const COORDINATE_BYTES = 32;
const encoder = new TextEncoder();
const digestOf = (text: string): Uint8Array => sha256(encoder.encode(text));

/** The key under which a cluster's tokens are signed: only its own state knows it. Models pkg/serviceaccount/jwt.go. */
export class SigningKey {
  private readonly pair: KeyPair;
  private readonly verified = new Set<string>();
  /** Says which key it is without saying the key. */
  readonly id: string;

  constructor(seed: string) {
    this.pair = derivedKey(`service account tokens of ${seed}`);
    this.id = toBase64Url(sha256(this.pair.publicKey));
  }

  sign(text: string): string {
    return toBase64Url(signP256Plain(this.pair.privateKey, digestOf(text)));
  }

  hasSigned(text: string, signature: string): boolean {
    const known = `${text}.${signature}`;
    if (this.verified.has(known)) return true;
    const bytes = fromBase64Url(signature);
    if (!bytes || !verifyP256Plain(this.pair.point, digestOf(text), bytes)) return false;
    if (this.verified.size >= REMEMBERED_MAX) this.verified.clear();
    this.verified.add(known);
    return true;
  }

  /** A JSON Web Key (RFC 7517), in the order of go-jose. */
  publicJwk(): Record<string, string> {
    const [x, y] = [this.pair.point.subarray(1, 1 + COORDINATE_BYTES), this.pair.point.subarray(1 + COORDINATE_BYTES)];
    return { use: 'sig', kty: 'EC', kid: this.id, crv: 'P-256', alg: ALGORITHM, x: toBase64Url(x), y: toBase64Url(y) };
  }
}

const remembered = new Map<string, SigningKey>();

/** A function of the seed: it is worked out where it is needed and stored nowhere. */
export function signingKeyOf(seed: string): SigningKey {
  const known = remembered.get(seed);
  if (known) return known;
  const made = new SigningKey(seed);
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(seed, made);
  return made;
}
