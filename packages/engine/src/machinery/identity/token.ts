import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { ALGORITHM, signingKeyOf } from './signing-key.ts';

export const ISSUER = 'https://kubernetes.default.svc.cluster.local';
export const LEGACY_ISSUER = 'kubernetes/serviceaccount';

interface Named {
  name: string;
  uid: string;
}

/** Whose a token is and what it ends with. */
export interface Owner {
  namespace: string;
  node?: Named;
  pod?: Named;
  secret?: Named;
  serviceaccount: Named;
  /** When a token that lives longer than was asked for should have been renewed. */
  warnafter?: number;
}

/** What a service account's token says. Models pkg/serviceaccount/claims.go. */
export interface Claims {
  aud?: string[];
  exp?: number;
  iat?: number;
  iss: string;
  jti?: string;
  nbf?: number;
  sub: string;
  'kubernetes.io'?: Owner;
  /** Tokens in Secrets say the same in other words. */
  'kubernetes.io/serviceaccount/namespace'?: string;
  'kubernetes.io/serviceaccount/secret.name'?: string;
  'kubernetes.io/serviceaccount/service-account.name'?: string;
  'kubernetes.io/serviceaccount/service-account.uid'?: string;
}

const encoder = new TextEncoder();
const encoded = (value: unknown): string => toBase64Url(encoder.encode(JSON.stringify(value)));
const headerOf = (id: string): string => encoded({ alg: ALGORITHM, kid: id });

/** A JWT under the key that only this cluster's state knows. */
export function signToken(seed: string, claims: Claims): string {
  const key = signingKeyOf(seed);
  const signed = `${headerOf(key.id)}.${encoded(claims)}`;
  return `${signed}.${key.sign(signed)}`;
}

/** The claims of a token that this cluster signed, or what is wrong with it. */
export function readToken(seed: string, token: string): { claims: Claims } | { problem: string | undefined } {
  const [header = '', payload, signature, ...rest] = token.split('.');
  if (!isToken(token) || !payload || !signature || rest.length > 0) return { problem: undefined };
  const key = signingKeyOf(seed);
  const signed = `${header}.${payload}`;
  if (header === OLD_HEADER) {
    if (!sameText(signature, oldSignatureOf(seed, signed))) return { problem: 'go-jose/go-jose: error in cryptographic primitive' };
  } else {
    if (header !== headerOf(key.id)) return { problem: 'invalid signature, no keys found' };
    if (!key.hasSigned(signed, signature)) return { problem: 'go-jose/go-jose: error in cryptographic primitive' };
  }
  return { claims: JSON.parse(new TextDecoder().decode(fromBase64Url(payload))) as Claims };
}

/** How clusters signed before they had a pair of keys; their tokens are good for as long as they say. */
const OLD_HEADER = encoded({ alg: 'HS256', kid: 'vivakube' });
const oldSignatureOf = (seed: string, signed: string): string =>
  toBase64Url(hmac(sha256, encoder.encode(`service account tokens of ${seed}`), encoder.encode(signed)));

/** Takes as long for a wrong text as for the right one. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= a.charCodeAt(i % (a.length || 1)) ^ b.charCodeAt(i);
  return difference === 0;
}

/** How the header of every cluster's tokens begins: three bytes are four characters. */
const BEGINNING = toBase64Url(encoder.encode(JSON.stringify({ alg: ALGORITHM, kid: '' }).slice(0, 21)));

/** Whether a text has the shape of a token that a cluster may have signed. */
export const isToken = (text: string): boolean => text.startsWith(BEGINNING) || text.startsWith(`${OLD_HEADER}.`);
