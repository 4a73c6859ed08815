import type { Instant } from '@vivakube/engine/core';
import type { Sql } from '../sql.ts';
import type { Context } from './context.ts';

/** The cluster is gone with this one statement; its log stays until a later one has seen that no fork needs it. */
const DELETE = `
  with d as (delete from clusters where id = $1 returning id),
  t as (delete from tokens using d where cluster_id = d.id),
  a as (delete from ancestry using d where cluster_id = d.id)
  insert into deleted_clusters (cluster_id, deleted_at) select id, $2::bigint from d on conflict do nothing returning cluster_id`;

const SWEEP = `
  with t as (
    delete from commits t where t.cluster_id = $1
    and not exists (select from ancestry f where f.ancestor_id = t.cluster_id and t.seq > f.from_seq and t.seq <= f.upto_seq)),
  s as (
    delete from snapshots s where s.cluster_id = $1
    and not exists (select from ancestry f where f.ancestor_id = s.cluster_id and s.seq >= f.from_seq and s.seq <= f.upto_seq))
  delete from deleted_clusters where cluster_id = $1 and not exists (select from ancestry where ancestor_id = $1) returning cluster_id`;

export async function remove({ sql }: Context, id: string, at: Instant): Promise<boolean> {
  const gone = await sql.query(DELETE, [id, at]);
  if (gone.length === 0) return false;
  await sweep(sql, id);
  return true;
}

/** Drops what no fork needs of a deleted cluster's log; true once nothing is left. */
export async function sweep(sql: Sql, id: string): Promise<boolean> {
  const done = await sql.query(SWEEP, [id]);
  return done.length > 0;
}
