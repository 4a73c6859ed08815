import { fromBase64Url, toBase64Url } from './base64url.ts';

/** Bytes as an object holds them. */
export function secretBytes(bytes: Uint8Array): string {
  const plain = toBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return plain + '='.repeat((4 - (plain.length % 4)) % 4);
}

/** A text as a Secret's data holds it. */
export const secretText = (text: string): string => secretBytes(new TextEncoder().encode(text));

/** The text that an object's base64 stands for. */
export function textOfSecret(base64: string): string {
  const bytes = fromBase64Url(base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'));
  return bytes ? new TextDecoder().decode(bytes) : '';
}
