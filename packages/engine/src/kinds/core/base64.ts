/** Bytes that a base64 text stands for. */
export function base64Bytes(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor(text.length / 4) * 3 - padding);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** base64 of a text's UTF-8 bytes. The engine may not use the host's. */
export function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const symbols = [18, 12, 6, 0].map((shift) => ALPHABET[(group >> shift) & 63] as string);
    const given = Math.min(3, bytes.length - i) + 1;
    out += symbols.slice(0, given).join('') + '='.repeat(4 - given);
  }
  return out;
}

/** The bytes that a base64 text stands for; the decoder has made sure that it is one. */
export function fromBase64(text: string): Uint8Array {
  const out = new Uint8Array(base64Bytes(text));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const symbol of text) {
    const value = ALPHABET.indexOf(symbol);
    if (value < 0) break;
    buffer = ((buffer << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[at++] = (buffer >> bits) & 0xff;
  }
  return out;
}
