import type { Instant } from '@vivakube/engine/core';
import type { Context } from './context.ts';
import { SNAPSHOTS } from './history.ts';
import { LOGS } from './parts.ts';

/**
 * Raises the floor to the newest snapshot that is itself past its retention: all that came before it is too.
 * Readers below it are told so from here on.
 */
const RAISE_FLOOR = `
  with c as (select * from clusters where id = $1), logs as (${LOGS}),
  floor as (
    select s.seq, s.revision from c, (${SNAPSHOTS}) s
    where s.seq > c.floor_seq and s.seq <= c.snapshot_seq and s.at < $2 and (s.at < $3 or s.revision <= c.revision - $4)
    order by s.seq desc limit 1)
  update clusters set floor_seq = floor.seq, floor_revision = floor.revision from floor where id = $1 and clusters.floor_seq < floor.seq`;

/** What is below the floor and in no fork's past. A statement of its own, so that it sees forks made while the floor was being raised. */
const DROP = `
  with c as (select id, floor_seq from clusters where id = $1),
  a as (delete from ancestry using c where cluster_id = c.id and upto_seq < c.floor_seq),
  b as (update ancestry set from_seq = c.floor_seq from c where cluster_id = c.id and from_seq < c.floor_seq and upto_seq >= c.floor_seq),
  t as (
    delete from commits t using c where t.cluster_id = c.id and t.seq <= c.floor_seq
    and not exists (select from ancestry f where f.ancestor_id = t.cluster_id and t.seq > f.from_seq and t.seq <= f.upto_seq)
    returning 1),
  s as (
    delete from snapshots s using c where s.cluster_id = c.id and s.seq < c.floor_seq
    and not exists (select from ancestry f where f.ancestor_id = s.cluster_id and s.seq >= f.from_seq and s.seq <= f.upto_seq)
    returning 1)
  select (select count(*) from t)::integer + (select count(*) from s)::integer as dropped`;

export async function trim({ sql, retention }: Context, id: string, at: Instant): Promise<number> {
  await sql.query(RAISE_FLOOR, [id, at - retention.minAgeMs, at - retention.maxAgeMs, retention.revisions]);
  const [found] = await sql.query<{ dropped: number }>(DROP, [id]);
  return found?.dropped ?? 0;
}
