import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';

/** How a body is compressed, as stored beside it. */
export const DEFLATE = 1;

/** Level 1: objects of one kind resemble each other so much that more effort buys little. */
const LEVEL = { level: 1 };
const deflateAsync = promisify(deflateRaw);

/** One output buffer that is large enough for what a body becomes spares zlib from growing it piece by piece. */
const CHUNK_BYTES_MIN = 16 * 1024;
const CHUNK_BYTES_MAX = 128 * 1024;
const chunkBytes = (text: string): number => Math.min(CHUNK_BYTES_MAX, Math.max(CHUNK_BYTES_MIN, text.length));

export const pack = (text: string): Buffer => deflateRawSync(text, { ...LEVEL, memLevel: 9, chunkSize: chunkBytes(text) });

/** What texts of objects become at most: they shrink to a tenth. */
const packedMax = (bytes: number): number => Math.max(CHUNK_BYTES_MIN, bytes >>> 2);

/** Compresses off the main thread in one go: with an output buffer that gets full, zlib would come back here for another one. */
export async function packLater(text: string): Promise<Buffer> {
  const input = Buffer.from(text);
  const packed = await deflateAsync(input, { ...LEVEL, memLevel: 9, chunkSize: packedMax(input.length) });
  // Not to keep the whole output buffer for the part of it that was needed.
  return Buffer.from(packed);
}

export function unpack(codec: number, body: Uint8Array): string {
  if (codec !== DEFLATE) throw new Error(`unknown compression ${codec}`);
  return inflateRawSync(body).toString();
}

export const HASH_BYTES = 32;
export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
