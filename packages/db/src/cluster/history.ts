import { applyDelta, type ClusterDelta, type ClusterEvent, type ClusterState, decodeDelta } from '@vivakube/engine/core';
import { unpack } from '../codec.ts';
import type { CommittedDelta, NoHistory } from '../store.ts';
import type { Context } from './context.ts';
import { CHUNK_PARTS, foldParts, LOGS, type Part, readParts } from './parts.ts';

interface LogRow {
  head_seq: number;
  head_revision: number;
  floor_seq: number;
  floor_revision: number;
  seq: number | null;
  codec: number;
  body: Uint8Array;
}

const LOG_HEAD = 'c.seq as head_seq, c.revision as head_revision, c.floor_seq, c.floor_revision';

const AFTER_SEQ = `
  with c as (select * from clusters where id = $1), logs as (${LOGS})
  select ${LOG_HEAD}, t.seq, t.codec, t.body from c left join lateral (
    select t.seq, t.codec, t.body from logs join commits t on t.cluster_id = logs.log and t.seq > greatest(logs.from_seq, $2) and t.seq <= logs.upto_seq
    order by t.seq limit $3) t on true
  order by t.seq`;

export async function commitsAfter({ sql }: Context, id: string, seq: number, limit: number): Promise<CommittedDelta[] | NoHistory> {
  const rows = await sql.query<LogRow>(AFTER_SEQ, [id, seq, limit]);
  const [first] = rows;
  if (!first) return 'gone';
  if (seq < first.floor_seq) return 'compacted';
  if (seq > first.head_seq) return 'ahead';
  return rows.filter((r) => r.seq !== null).map((r) => ({ seq: r.seq as number, delta: decodeDelta(unpack(r.codec, r.body)) }));
}

/** Commits in order until they hold as many events as wanted. Revisions have no gaps, so how many there are is a difference. */
const AFTER_REVISION = `
  with c as (select * from clusters where id = $1), logs as (${LOGS}),
  found as (
    select t.cluster_id, t.seq, t.from_revision, t.to_revision from logs
    join commits t on t.cluster_id = logs.log and t.to_revision > $2 and t.seq > logs.from_seq and t.seq <= logs.upto_seq
    where t.to_revision > t.from_revision order by t.to_revision limit $3),
  wanted as (select cluster_id, seq from found where from_revision < $2::bigint + $3::bigint)
  select ${LOG_HEAD}, t.seq, t.codec, t.body from c
  left join (select t.seq, t.codec, t.body from wanted w join commits t on t.cluster_id = w.cluster_id and t.seq = w.seq) t on true
  order by t.seq`;

export async function eventsAfter({ sql }: Context, id: string, revision: number, limit: number): Promise<ClusterEvent[] | NoHistory> {
  const rows = await sql.query<LogRow>(AFTER_REVISION, [id, revision, limit]);
  const [first] = rows;
  if (!first) return 'gone';
  if (revision < first.floor_revision) return 'compacted';
  if (revision > first.head_revision) return 'ahead';
  const events: ClusterEvent[] = [];
  for (const r of rows) {
    if (r.seq === null) continue;
    for (const event of decodeDelta(unpack(r.codec, r.body)).events) if (event.revision > revision) events.push(event);
  }
  return events.slice(0, limit);
}

/** Snapshots that the cluster's past holds, newest first. Needs the CTEs `c` and `logs`. */
export const SNAPSHOTS = `
  select s.cluster_id, s.seq, s.revision, s.at, s.bytes, s.manifest, false as from_template from logs
    join snapshots s on s.cluster_id = logs.log and s.seq >= logs.from_seq and s.seq <= logs.upto_seq
  union all
  select s.cluster_id, 0, s.revision, s.at, s.bytes, s.manifest, true from c join snapshots s on s.cluster_id = c.template and s.seq = 0 where c.floor_seq = 0`;

/** The newest snapshot before the revision, the commits between, and the one that holds it if it ends later: each found by its index. */
const AT = `
  with c as (select * from clusters where id = $1), logs as (${LOGS}),
  m as (select * from (${SNAPSHOTS}) s where s.revision <= $2 order by s.seq desc limit 1)
  select 'head' as kind, 0::bigint as ord, null::smallint as codec, null::bytea as body,
    row_to_json(h)::text as head from (select c.*, coalesce(m.from_template, false) as from_template from c left join m on true) h
  union all ${CHUNK_PARTS}
  union all
  select 'commit', t.seq, t.codec, t.body, null from logs cross join lateral (
    select * from commits t where t.cluster_id = logs.log and t.to_revision between coalesce((select m.revision from m), 0) and $2
    union all
    (select * from commits t where t.cluster_id = logs.log and t.to_revision > $2 order by t.to_revision, t.seq limit 1)) t
  where t.seq > greatest(logs.from_seq, coalesce((select m.seq from m), 0)) and t.seq <= logs.upto_seq and (t.to_revision <= $2 or t.from_revision < $2)`;

export async function at(context: Context, id: string, revision: number): Promise<ClusterState | NoHistory> {
  const parts = readParts(await context.sql.query<Part>(AT, [id, revision]));
  if (!parts) return 'gone';
  if (revision < parts.row.floor_revision) return 'compacted';
  if (revision > parts.row.revision) return 'ahead';
  const last = parts.deltas.at(-1);
  const partial = last !== undefined && last.revision > revision ? upTo(last, revision) : undefined;
  const state = foldParts(context, { ...parts, deltas: partial ? parts.deltas.slice(0, -1) : parts.deltas });
  const found = partial ? applyDelta(state, partial, context.indexer) : state;
  if (found.revision !== revision) throw new Error(`cluster ${id}: revision ${revision} folded to ${found.revision}`);
  return found;
}

/** The part of a commit up to a revision inside it: its events are exact, what was only simulated stays as it was before. */
function upTo(delta: ClusterDelta, revision: number): ClusterDelta {
  const events = delta.events.filter((event) => event.revision <= revision);
  return { ...delta, revision, now: events.at(-1)?.at ?? delta.now, events, timers: [], runtime: [] };
}
