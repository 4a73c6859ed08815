import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { type Der, TAG } from './der.ts';
import { type Curve, isPoint, P256, P384, P521, verifyEcdsa } from './ecdsa.ts';
import { verifyRsa } from './rsa.ts';

const HASHES = {
  sha256: { oid: '2.16.840.1.101.3.4.2.1', of: sha256 },
  sha384: { oid: '2.16.840.1.101.3.4.2.2', of: sha384 },
  sha512: { oid: '2.16.840.1.101.3.4.2.3', of: sha512 },
};
type Hash = keyof typeof HASHES;

export const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
export const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
export const P256_OID = '1.2.840.10045.3.1.7';
const RSA_KEY = '1.2.840.113549.1.1.1';
const ED25519 = '1.3.101.112';

const ALGORITHMS = new Map<string, { key: string; hash?: Hash }>([
  ['1.2.840.113549.1.1.11', { key: RSA_KEY, hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { key: RSA_KEY, hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { key: RSA_KEY, hash: 'sha512' }],
  [ECDSA_SHA256, { key: EC_PUBLIC_KEY, hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { key: EC_PUBLIC_KEY, hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { key: EC_PUBLIC_KEY, hash: 'sha512' }],
  [ED25519, { key: ED25519 }],
]);

const CURVES = new Map<string, Curve>([
  [P256_OID, P256],
  ['1.3.132.0.34', P384],
  ['1.3.132.0.35', P521],
]);

/** A SubjectPublicKeyInfo. */
interface PublicKey {
  algorithm: string;
  curve?: Curve | undefined;
  bits: Uint8Array;
}

function readKey(info: Der): PublicKey {
  const [algorithm, key] = info.is(TAG.sequence).children() as [Der, Der];
  const [oid, parameters] = algorithm.is(TAG.sequence).children() as [Der, Der?];
  return { algorithm: oid.oid(), bits: key.bits(), curve: parameters?.tag === TAG.oid ? CURVES.get(parameters.oid()) : undefined };
}

/** As RFC 8032 has it, without what ZIP 215 lets pass besides. */
const verifyEd25519 = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  key.length === ed25519.lengths.publicKey &&
  signature.length === ed25519.lengths.signature &&
  ed25519.verify(signature, message, key, { zip215: false });

const UNKNOWN = 'x509: cannot verify signature: algorithm unimplemented';

/** What is wrong with a signature, in the words of crypto/x509 (checkSignature). */
export function signatureProblem(keyInfo: Der, algorithm: Der, signed: Uint8Array, signature: Uint8Array): string | undefined {
  const [oid] = algorithm.is(TAG.sequence).children() as [Der];
  const wanted = ALGORITHMS.get(oid.oid());
  const key = readKey(keyInfo);
  if (!wanted) return UNKNOWN;
  if (wanted.key !== key.algorithm) return 'x509: signature algorithm specifies a different kind of key';
  if (!wanted.hash) return verifyEd25519(key.bits, signed, signature) ? undefined : 'x509: Ed25519 verification failure';
  const hash = HASHES[wanted.hash];
  const digest = hash.of(signed);
  if (key.algorithm === RSA_KEY) return verifyRsa(key.bits, { oid: hash.oid, digest }, signature) ? undefined : 'crypto/rsa: verification error';
  if (!key.curve) return 'x509: unsupported elliptic curve';
  if (!isPoint(key.curve, key.bits)) return 'x509: failed to unmarshal elliptic curve point';
  return verifyEcdsa(key.curve, key.bits, digest, signature) ? undefined : 'x509: ECDSA verification failure';
}
