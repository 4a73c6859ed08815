import { secretBytes } from '../identity/base64.ts';
import { fromBase64Url } from '../identity/base64url.ts';

const BLOCK = /-----BEGIN ([^-\n]+)-----\s+([A-Za-z0-9+/=\s]*)-----END \1-----/;
const LINE = 64;

export interface PemBlock {
  type: string;
  bytes: Uint8Array;
}

/** The first block of a text (RFC 7468). */
export function readPem(text: string): PemBlock | undefined {
  const [, type, body] = BLOCK.exec(text) ?? [];
  if (type === undefined || body === undefined) return undefined;
  const bytes = fromBase64Url(
    body
      .replace(/[\s=]+/g, '')
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  );
  return bytes && { type, bytes };
}

export function writePem({ type, bytes }: PemBlock): string {
  const lines = secretBytes(bytes).match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `-----BEGIN ${type}-----\n${lines.join('\n')}\n-----END ${type}-----\n`;
}
