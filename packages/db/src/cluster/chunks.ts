import type { Instant } from '@vivakube/engine/core';
import { DEFLATE, HASH_BYTES, packLater, sha256 } from '../codec.ts';
import type { Sql } from '../sql.ts';

/** Chunks that nothing refers to live this long, so that a snapshot in the making never loses what it is about to refer to. */
export const CHUNK_GRACE_MS = 3_600_000;
/** A chunk is marked as used again only when its mark is older than this: most snapshots touch no row they keep. */
const TOUCH_AFTER_MS = CHUNK_GRACE_MS / 4;

export const MANIFEST_HASHES = `
  select substring($1::bytea from i * ${HASH_BYTES} + 1 for ${HASH_BYTES}) as hash from generate_series(0, octet_length($1::bytea) / ${HASH_BYTES} - 1) as i`;

export interface StoredChunks {
  manifest: Buffer;
  count: number;
  bytes: number;
}

/** Stores texts that are not stored yet, one statement each. */
export async function storeChunks(sql: Sql, texts: Iterable<string>, at: Instant): Promise<StoredChunks> {
  const hashes: Buffer[] = [];
  let bytes = 0;
  for (const text of texts) {
    const hash = sha256(text);
    hashes.push(hash);
    bytes += (await touch(sql, hash, at)) ?? (await insert(sql, hash, text, at));
  }
  return { manifest: Buffer.concat(hashes), count: new Set(hashes.map((h) => h.toString('hex'))).size, bytes };
}

async function touch(sql: Sql, hash: Buffer, at: Instant): Promise<number | undefined> {
  const [known] = await sql.query<{ touched_at: number; bytes: number }>(
    'select touched_at, octet_length(body) as bytes from chunks where hash = $1',
    [hash],
  );
  if (!known || known.touched_at >= at - TOUCH_AFTER_MS) return known?.bytes;
  const [still] = await sql.query<{ bytes: number }>(
    'update chunks set touched_at = greatest(touched_at, $2) where hash = $1 returning octet_length(body) as bytes',
    [hash, at],
  );
  return still?.bytes;
}

async function insert(sql: Sql, hash: Buffer, text: string, at: Instant): Promise<number> {
  const body = await packLater(text);
  await sql.query(
    `insert into chunks (hash, touched_at, codec, body) values ($1, $2, $3, $4)
     on conflict (hash) do update set touched_at = greatest(chunks.touched_at, excluded.touched_at)`,
    [hash, at, DEFLATE, body],
  );
  return body.length;
}
