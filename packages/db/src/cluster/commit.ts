import { type ClusterDelta, type ClusterState, encodeDelta, type Instant } from '@vivakube/engine/core';
import { DEFLATE, pack } from '../codec.ts';
import { type Context, TAIL_BYTES_MAX, TAIL_COMMITS_MAX } from './context.ts';

/**
 * Compare-and-swap and append in one statement: no explicit transaction, no lock held between round trips, safe behind a pooler.
 * No NOTIFY: it would serialise all commits of the whole database.
 */
const COMMIT = `
  with u as (
    update clusters set seq = seq + 1, revision = $3, wake_at = $4, tail_bytes = tail_bytes + octet_length($8::bytea)
    where id = $1 and seq = $2 and revision = $5
    returning seq, seq - snapshot_seq as tail_count, tail_bytes, snapshot_bytes),
  t as (
    insert into commits (cluster_id, seq, from_revision, to_revision, at, codec, body)
    select $1, u.seq, $5, $3, $6::bigint, $7::smallint, $8 from u)
  select tail_count, tail_bytes, snapshot_bytes from u`;

interface Tail {
  tail_count: number;
  tail_bytes: number;
  snapshot_bytes: number;
}

/** A big cluster's snapshot costs more to write, so its tail may grow as heavy as the snapshot is. */
const isFull = (tail: Tail): boolean => tail.tail_count > TAIL_COMMITS_MAX || tail.tail_bytes > Math.max(TAIL_BYTES_MAX, tail.snapshot_bytes);

export async function commit(
  context: Context,
  id: string,
  baseSeq: number,
  delta: ClusterDelta,
  wakeAt: Instant | null,
  state?: ClusterState,
): Promise<'committed' | 'conflict' | 'gone'> {
  const body = pack(encodeDelta(delta));
  const [tail] = await context.sql.query<Tail>(COMMIT, [id, baseSeq, delta.revision, wakeAt, delta.from, delta.now, DEFLATE, body]);
  if (tail) {
    if (isFull(tail)) context.onTailFull(id, delta.now, state && { seq: baseSeq + 1, state });
    return 'committed';
  }
  const [found] = await context.sql.query<{ seq: number; revision: number }>('select seq, revision from clusters where id = $1', [id]);
  if (!found) return 'gone';
  if (found.seq === baseSeq) throw new Error(`cluster ${id} is at revision ${found.revision}; a delta from ${delta.from} does not fit`);
  return 'conflict';
}
