import { json } from '../sql.ts';
import type { ClusterPatch, ClusterRow, NewCluster } from '../store.ts';
import type { Context } from './context.ts';
import { parseRow, publicRow } from './row.ts';

/** An id is never given again while a fork may still read what was written under it. */
export const UNUSED_ID = 'not exists (select from deleted_clusters d where d.cluster_id = $1)';

/** One row. Everything that makes it a cluster is in the template's snapshot, which all new clusters share. */
export async function create({ sql }: Context, c: NewCluster): Promise<'created' | 'exists'> {
  const values = [c.id, c.owner, c.name, c.seed, json(c.settings), c.at, c.expiresAt ?? null, c.wakeAt ?? null];
  const columns = 'id, owner, name, seed, settings, created_at, born_at, expires_at, wake_at, template, revision, floor_revision, snapshot_bytes';
  const given = '$1, $2, $3, $4, $5::text::jsonb, $6::bigint, $6::bigint, $7::bigint, $8::bigint';
  if (c.template === undefined) {
    const made = await sql.query(
      `insert into clusters (${columns}) select ${given}, null, 0, 0, 0 where ${UNUSED_ID} on conflict (id) do nothing returning id`,
      values,
    );
    return made.length > 0 ? 'created' : 'exists';
  }
  const made = await sql.query(
    `insert into clusters (${columns})
     select ${given}, s.cluster_id, s.revision, s.revision, s.bytes
     from templates t join snapshots s on s.cluster_id = t.snapshot_id and s.seq = 0 where t.name = $9 and ${UNUSED_ID}
     on conflict (id) do nothing returning id`,
    [...values, c.template],
  );
  if (made.length > 0) return 'created';
  const known = await sql.query('select name from templates where name = $1', [c.template]);
  if (known.length === 0) throw new Error(`there is no cluster template "${c.template}"`);
  return 'exists';
}

export async function row({ sql }: Context, id: string): Promise<ClusterRow | undefined> {
  const [found] = await sql.query<{ head: string }>('select row_to_json(c)::text as head from clusters c where id = $1', [id]);
  return found && publicRow(parseRow(found.head));
}

export async function list({ sql }: Context, owner: string, limit = 1000): Promise<ClusterRow[]> {
  const found = await sql.query<{ head: string }>(
    'select row_to_json(c)::text as head from clusters c where owner = $1 order by created_at desc, id limit $2',
    [owner, limit],
  );
  return found.map((r) => publicRow(parseRow(r.head)));
}

export async function count({ sql }: Context, owner: string): Promise<number> {
  const [found] = await sql.query<{ n: number }>('select count(*)::int as n from clusters where owner = $1', [owner]);
  return found?.n ?? 0;
}

export async function update({ sql }: Context, id: string, patch: ClusterPatch): Promise<boolean> {
  const changed = await sql.query(
    `update clusters set owner = coalesce($2, owner), name = coalesce($3, name),
       expires_at = case when $4 then $5::bigint else expires_at end
     where id = $1 returning id`,
    [id, patch.owner ?? null, patch.name ?? null, patch.expiresAt !== undefined, patch.expiresAt ?? null],
  );
  return changed.length > 0;
}

export async function expired({ sql }: Context, now: number, limit: number): Promise<string[]> {
  const found = await sql.query<{ id: string }>('select id from clusters where expires_at <= $1 order by expires_at limit $2', [now, limit]);
  return found.map((r) => r.id);
}
