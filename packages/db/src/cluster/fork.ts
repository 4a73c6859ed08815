import { json } from '../sql.ts';
import type { Forked, NewFork, NoHistory } from '../store.ts';
import type { Context } from './context.ts';
import { SNAPSHOTS } from './history.ts';
import { LOGS } from './parts.ts';

/**
 * A fork is a row that names its parent's snapshot, and one row for each log that its past is written in. Nothing is copied,
 * so it costs the same at any size. `for share` waits for a commit or compaction of the parent that is under way;
 * from then on the ancestry row keeps what the fork needs, whatever happens to the parent.
 */
const FORK = `
  with c as (select * from clusters where id = $1 for share),
  logs as (${LOGS}),
  point as (
    select case when $2::bigint is null or $2::bigint >= c.revision then c.seq else coalesce((
      select t.seq from logs join commits t on t.cluster_id = logs.log and t.to_revision >= $2::bigint and t.seq > logs.from_seq and t.seq <= logs.upto_seq
      where t.from_revision < $2::bigint order by t.seq limit 1), c.floor_seq) end as seq
    from c where $2::bigint is null or $2::bigint between c.floor_revision and c.revision),
  place as (
    select point.seq, case when point.seq = c.seq then c.revision when point.seq = c.floor_seq then c.floor_revision else (
      select t.to_revision from logs join commits t on t.cluster_id = logs.log and t.seq = point.seq and t.seq > logs.from_seq and t.seq <= logs.upto_seq
      ) end as revision
    from c, point),
  base as (
    select c.snapshot_log as log, c.snapshot_seq as seq, c.snapshot_bytes as bytes, c.tail_bytes from c, point where point.seq = c.seq
    union all
    (select case when s.from_template then null else s.cluster_id end, s.seq, s.bytes, (
        select coalesce(sum(octet_length(t.body)), 0) from logs
        join commits t on t.cluster_id = logs.log and t.seq > greatest(logs.from_seq, s.seq) and t.seq <= least(logs.upto_seq, point.seq))::integer
      from c, point, (${SNAPSHOTS}) s where point.seq < c.seq and s.seq <= point.seq order by s.seq desc limit 1)
    union all
    select null, 0, 0, 0 from c, point where point.seq < c.seq and c.template is null and c.floor_seq = 0
    limit 1),
  made as (
    insert into clusters (id, owner, name, seed, settings, template, created_at, born_at, expires_at, parent_id, parent_revision,
      seq, revision, snapshot_log, snapshot_seq, snapshot_bytes, floor_seq, floor_revision, tail_bytes, wake_at)
    select $3, $4, $5, c.seed, coalesce($6::text::jsonb, c.settings), c.template, $7::bigint, c.born_at, $8::bigint, c.id, place.revision,
      place.seq, place.revision, base.log, base.seq, base.bytes, c.floor_seq, c.floor_revision, base.tail_bytes, $9::bigint
    from c, place, base where not exists (select from deleted_clusters d where d.cluster_id = $3)
    on conflict (id) do nothing returning id, seq, revision),
  past as (
    insert into ancestry (cluster_id, ancestor_id, from_seq, upto_seq)
    select made.id, logs.log, logs.from_seq, least(logs.upto_seq, made.seq) from made, logs where logs.from_seq <= made.seq)
  select id, seq, revision from made`;

export async function fork(context: Context, id: string, revision: number | undefined, f: NewFork): Promise<Forked | NoHistory | 'exists'> {
  const settings = f.settings ? json(f.settings) : null;
  const [made] = await context.sql.query<Forked>(FORK, [
    id,
    revision ?? null,
    f.id,
    f.owner,
    f.name,
    settings,
    f.at,
    f.expiresAt ?? null,
    f.wakeAt ?? null,
  ]);
  if (made) return made;
  return whyNot(context, id, revision, f.id);
}

async function whyNot({ sql }: Context, id: string, revision: number | undefined, forkId: string): Promise<NoHistory | 'exists'> {
  const [parent] = await sql.query<{ revision: number; floor_revision: number; taken: boolean }>(
    'select revision, floor_revision, exists (select from clusters where id = $2) as taken from clusters where id = $1',
    [id, forkId],
  );
  if (!parent) return 'gone';
  if (parent.taken) return 'exists';
  if (revision !== undefined && revision < parent.floor_revision) return 'compacted';
  if (revision !== undefined && revision > parent.revision) return 'ahead';
  throw new Error(`cluster ${id} could not be forked at revision ${revision ?? 'head'}`);
}
