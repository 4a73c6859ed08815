import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64Url, toBase64Url } from './base64url.ts';

export const ISSUER = 'https://kubernetes.default.svc.cluster.local';
export const LEGACY_ISSUER = 'kubernetes/serviceaccount';

interface Named {
  name: string;
  uid: string;
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
  'kubernetes.io'?: { namespace: string; node?: Named; pod?: Named; secret?: Named; serviceaccount: Named };
  /** Tokens in Secrets say the same in other words. */
  'kubernetes.io/serviceaccount/namespace'?: string;
  'kubernetes.io/serviceaccount/secret.name'?: string;
  'kubernetes.io/serviceaccount/service-account.name'?: string;
  'kubernetes.io/serviceaccount/service-account.uid'?: string;
}

const encoder = new TextEncoder();
const HEADER = toBase64Url(encoder.encode(JSON.stringify({ alg: 'HS256', kid: 'vivakube' })));

const signatureOf = (seed: string, signed: string): string =>
  toBase64Url(hmac(sha256, encoder.encode(`service account tokens of ${seed}`), encoder.encode(signed)));

/** A JWT under the key that only this cluster's state knows. */
export function signToken(seed: string, claims: Claims): string {
  const signed = `${HEADER}.${toBase64Url(encoder.encode(JSON.stringify(claims)))}`;
  return `${signed}.${signatureOf(seed, signed)}`;
}

/** The claims of a token that this cluster signed. */
export function readToken(seed: string, token: string): Claims | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header !== HEADER || !payload || !signature || rest.length > 0) return undefined;
  if (!sameText(signature, signatureOf(seed, `${header}.${payload}`))) return undefined;
  return JSON.parse(new TextDecoder().decode(fromBase64Url(payload))) as Claims;
}

/** Takes as long for a wrong text as for the right one. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= a.charCodeAt(i % (a.length || 1)) ^ b.charCodeAt(i);
  return difference === 0;
}

/** Whether a text has the shape of a token that a cluster may have signed. */
export const isToken = (text: string): boolean => text.startsWith(`${HEADER}.`);
