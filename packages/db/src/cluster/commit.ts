import { type ClusterDelta, type ClusterState, encodeDelta, type Instant } from '@vivakube/engine/core';
import { DEFLATE, pack } from '../codec.ts';
import { isUndecided, Unavailable } from '../failure.ts';
import type { AtHand } from '../store.ts';
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

/** In the middle of a burst of work a snapshot would be out of date at once: its tail may grow so many times as heavy. */
const BURST_FACTOR = 8;

/** A big cluster's snapshot costs more to write, so its tail may grow as heavy as the snapshot is. */
function isFull(tail: Tail, state: ClusterState | undefined): boolean {
  const factor = state && state.queue.length > 0 ? BURST_FACTOR : 1;
  return tail.tail_count > factor * TAIL_COMMITS_MAX || tail.tail_bytes > factor * Math.max(TAIL_BYTES_MAX, tail.snapshot_bytes);
}

type Outcome = 'committed' | 'conflict' | 'gone';

/** Pauses before a commit that got no answer is tried again: longer than a restart of the database takes, shorter than anybody waits. */
const RETRY_MS = [20, 50, 100, 200, 400, 800];
const RETRY_MS_MAX = 2000;

/** The comparison makes it safe to try again: a commit that was made after all is recognised by what it holds. */
export async function commit(
  context: Context,
  id: string,
  baseSeq: number,
  delta: ClusterDelta,
  wakeAt: Instant | null,
  { state, body: packing }: AtHand = {},
): Promise<Outcome> {
  const body = (await packing) ?? pack(encodeDelta(delta));
  const until = performance.now() + RETRY_MS_MAX;
  let undecided = false;
  for (let attempt = 0; ; attempt++) {
    try {
      const outcome = await once(context, id, baseSeq, delta, wakeAt, body, state);
      return outcome === 'conflict' && undecided && (await holds(context, id, baseSeq + 1, body)) ? 'committed' : outcome;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      undecided ||= isUndecided(error);
      const pauseMs = RETRY_MS[attempt];
      if (pauseMs === undefined || performance.now() + pauseMs > until) throw new Unavailable(error, undecided);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

async function once(
  { sql, onTailFull }: Context,
  id: string,
  baseSeq: number,
  delta: ClusterDelta,
  wakeAt: Instant | null,
  body: Uint8Array,
  state?: ClusterState,
): Promise<Outcome> {
  const [tail] = await sql.query<Tail>(COMMIT, [id, baseSeq, delta.revision, wakeAt, delta.from, delta.now, DEFLATE, body]);
  if (tail) {
    if (isFull(tail, state)) onTailFull(id, delta.now, state && { seq: baseSeq + 1, state });
    return 'committed';
  }
  const [found] = await sql.query<{ seq: number; revision: number }>('select seq, revision from clusters where id = $1', [id]);
  if (!found) return 'gone';
  if (found.seq === baseSeq) throw new Error(`cluster ${id} is at revision ${found.revision}; a delta from ${delta.from} does not fit`);
  return 'conflict';
}

async function holds({ sql }: Context, id: string, seq: number, body: Uint8Array): Promise<boolean> {
  const [found] = await sql.query<{ body: Uint8Array }>('select body from commits where cluster_id = $1 and seq = $2', [id, seq]);
  return found !== undefined && Buffer.compare(found.body, body) === 0;
}
