import { encodeStateChunks, type Instant } from '@vivakube/engine/core';
import type { KnownState } from '../store.ts';
import { MANIFEST_HASHES, storeChunks } from './chunks.ts';
import type { Context } from './context.ts';
import { load } from './load.ts';
import { LOGS } from './parts.ts';
import { trim } from './trim.ts';

/**
 * Publishes a snapshot whose chunks are all stored. It names them and moves the cluster over in one statement: readers see the log's
 * tail before it and the snapshot after it, never neither.
 */
const PUBLISH = `
  with c as (select * from clusters where id = $2 and snapshot_seq < $3 and seq >= $3 for update),
  logs as (${LOGS}),
  folded as (
    select coalesce(sum(octet_length(t.body)), 0)::integer as bytes from c, logs
    join commits t on t.cluster_id = logs.log and t.seq > logs.from_seq and t.seq <= logs.upto_seq where t.seq > c.snapshot_seq and t.seq <= $3),
  s as (
    insert into snapshots (cluster_id, seq, revision, at, bytes, manifest)
    select c.id, $3, $4, $5, $6, $1 from c
    where (select count(distinct h.hash) from (${MANIFEST_HASHES}) h join chunks k on k.hash = h.hash) = $7
    on conflict (cluster_id, seq) do nothing returning seq)
  update clusters set snapshot_log = clusters.id, snapshot_seq = s.seq, snapshot_bytes = $6, tail_bytes = greatest(0, clusters.tail_bytes - folded.bytes)
  from s, folded where clusters.id = $2 returning clusters.id`;

export async function compact(context: Context, id: string, at: Instant, known?: KnownState): Promise<boolean> {
  const published = await snapshot(context, id, at, known);
  await trim(context, id, at);
  return published;
}

async function snapshot(context: Context, id: string, at: Instant, known?: KnownState): Promise<boolean> {
  const loaded = known ? undefined : await load(context, id);
  const current = known ?? loaded;
  if (!current || loaded?.tailCount === 0) return false;
  const stored = await storeChunks(context.sql, encodeStateChunks(current.state), at);
  const published = await context.sql.query(PUBLISH, [stored.manifest, id, current.seq, current.state.revision, at, stored.bytes, stored.count]);
  return published.length > 0;
}
