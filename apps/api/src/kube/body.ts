import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ApiError } from '@vivakube/engine';

const inflate = promisify(gunzip);
const NOTHING = new Uint8Array();

const tooLarge = (bytesMax: number): ApiError => new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${bytesMax}`);

/** The whole body, refused as soon as it is longer than allowed; compressed ones count by what they unfold to. */
export async function readBody(request: Request, bytesMax: number): Promise<Uint8Array> {
  if (request.body === null) return NOTHING;
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge(bytesMax);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > bytesMax) throw tooLarge(bytesMax);
    parts.push(part);
  }
  const body = parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
  if (request.headers.get('content-encoding') !== 'gzip') return body;
  try {
    return await inflate(body, { maxOutputLength: bytesMax });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytesMax);
    throw new ApiError(400, 'BadRequest', 'the body is not valid gzip');
  }
}
