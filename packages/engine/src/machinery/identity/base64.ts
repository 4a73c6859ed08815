import { toBase64Url } from './base64url.ts';

/** A text as a Secret's data holds it. */
export function secretText(text: string): string {
  const plain = toBase64Url(new TextEncoder().encode(text)).replaceAll('-', '+').replaceAll('_', '/');
  return plain + '='.repeat((4 - (plain.length % 4)) % 4);
}
