import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';

/** How a body is compressed, as stored beside it. */
export const DEFLATE = 1;

/** Level 1: objects of one kind resemble each other so much that more effort buys little. */
const LEVEL = { level: 1 };
const deflateAsync = promisify(deflateRaw);

export const pack = (text: string): Buffer => deflateRawSync(text, LEVEL);
/** For whole snapshots: compresses off the main thread. */
export const packLater = (text: string): Promise<Buffer> => deflateAsync(Buffer.from(text), LEVEL);

export function unpack(codec: number, body: Uint8Array): string {
  if (codec !== DEFLATE) throw new Error(`unknown compression ${codec}`);
  return inflateRawSync(body).toString();
}

export const HASH_BYTES = 32;
export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
