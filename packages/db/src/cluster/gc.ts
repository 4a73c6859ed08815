import type { Instant } from '@vivakube/engine/core';
import { HASH_BYTES } from '../codec.ts';
import type { Collected } from '../store.ts';
import { CHUNK_GRACE_MS } from './chunks.ts';
import { compact } from './compact.ts';
import type { Context } from './context.ts';
import { sweep } from './delete.ts';
import { trim } from './trim.ts';

/** Clusters looked at in one run: each is a few statements. */
const BATCH = 500;

/** A cluster that nobody has written to for so long is folded into a snapshot: ten times smaller than its log. */
const IDLE_MS = 3_600_000;
const IDLE_TAIL_BYTES = 16 * 1024;
const IDLE = `
  select c.id from clusters c join commits t on t.cluster_id = c.id and t.seq = c.seq
  where c.tail_bytes > ${IDLE_TAIL_BYTES} and t.at < $1 limit ${BATCH}`;

/** Snapshots that would make a higher floor now, of clusters that nobody writes to any more and so nobody compacts. */
const STALE = `
  select distinct c.id from snapshots s join clusters c on c.id = s.cluster_id
  where s.seq > c.floor_seq and s.at < $1 union
  select distinct c.id from ancestry a join clusters c on c.id = a.cluster_id where c.snapshot_seq > c.floor_seq and c.created_at < $1
  limit ${BATCH}`;

/** Names of templates that no process has asked for in so long are those of builds that no longer run. */
const TEMPLATE_UNUSED_MS = 7 * 24 * 3_600_000;
const UNUSED_NAMES = `
  delete from templates t using snapshots s where s.cluster_id = t.snapshot_id and s.seq = 0 and s.at < $1`;

const UNNAMED_TEMPLATES = `
  delete from snapshots s where s.cluster_id like 'template:%' and s.at < $1
  and not exists (select from templates t where t.snapshot_id = s.cluster_id) and not exists (select from clusters c where c.template = s.cluster_id)
  returning 1`;

const UNUSED_CHUNKS = `
  delete from chunks k where k.touched_at < $1
  and not exists (
    select from (select substring(s.manifest from i * ${HASH_BYTES} + 1 for ${HASH_BYTES}) as hash
      from snapshots s, generate_series(0, octet_length(s.manifest) / ${HASH_BYTES} - 1) as i) used where used.hash = k.hash)
  returning 1`;

export async function gc(context: Context, now: Instant): Promise<Collected> {
  const { sql, retention } = context;
  const collected: Collected = { logs: 0, compacted: 0, trimmed: 0, templates: 0, chunks: 0 };
  for (const { id } of await sql.query<{ id: string }>(`select cluster_id as id from deleted_clusters limit ${BATCH}`)) {
    if (await sweep(sql, id)) collected.logs++;
  }
  for (const { id } of await sql.query<{ id: string }>(IDLE, [now - IDLE_MS])) {
    if (await compact(context, id, now)) collected.compacted++;
  }
  for (const { id } of await sql.query<{ id: string }>(STALE, [now - retention.maxAgeMs])) {
    if ((await trim(context, id, now)) > 0) collected.trimmed++;
  }
  await sql.query(UNUSED_NAMES, [now - TEMPLATE_UNUSED_MS]);
  collected.templates = (await sql.query(UNNAMED_TEMPLATES, [now - CHUNK_GRACE_MS])).length;
  collected.chunks = (await sql.query(UNUSED_CHUNKS, [now - CHUNK_GRACE_MS])).length;
  return collected;
}
