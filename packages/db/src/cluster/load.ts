import { textList } from '../sql.ts';
import type { Head, LoadedCluster } from '../store.ts';
import type { Context } from './context.ts';
import { CHUNK_PARTS, foldParts, type Part, readParts } from './parts.ts';
import { publicRow } from './row.ts';

const LOAD = `
  with c as (select *, snapshot_log is null as from_template from clusters where id = $1),
  m as (select s.manifest from c join snapshots s on s.cluster_id = coalesce(c.snapshot_log, c.template) and s.seq = c.snapshot_seq)
  select 'head' as kind, 0::bigint as ord, null::smallint as codec, null::bytea as body, row_to_json(c)::text as head from c
  union all ${CHUNK_PARTS}
  union all
  select 'commit', t.seq, t.codec, t.body, null from c join commits t on t.cluster_id = c.id and t.seq > c.snapshot_seq
  union all
  select 'commit', t.seq, t.codec, t.body, null from c join ancestry a on a.cluster_id = c.id
    join commits t on t.cluster_id = a.ancestor_id and t.seq > greatest(a.from_seq, c.snapshot_seq) and t.seq <= a.upto_seq`;

export async function load(context: Context, id: string): Promise<LoadedCluster | undefined> {
  const parts = readParts(await context.sql.query<Part>(LOAD, [id]));
  if (!parts) return undefined;
  const { row } = parts;
  if ((row.snapshot_log ?? row.template) !== null && parts.chunks.length === 0) throw new Error(`cluster ${id}: its snapshot is missing`);
  if (parts.deltas.length !== row.seq - row.snapshot_seq) {
    throw new Error(`cluster ${id}: ${parts.deltas.length} commits between ${row.snapshot_seq} and ${row.seq}`);
  }
  const state = foldParts(context, parts);
  if (state.revision !== row.revision) throw new Error(`cluster ${id}: folded to revision ${state.revision}, not ${row.revision}`);
  return { ...publicRow(row), state };
}

export async function head({ sql }: Context, id: string): Promise<Head | undefined> {
  const [found] = await sql.query<Head>('select seq, revision from clusters where id = $1', [id]);
  return found;
}

export async function heads({ sql }: Context, ids: readonly string[]): Promise<Map<string, Head>> {
  if (ids.length === 0) return new Map();
  const found = await sql.query<Head & { id: string }>(
    'select c.id, c.seq, c.revision from json_array_elements_text($1::text::json) w (id) join clusters c on c.id = w.id',
    [textList(ids)],
  );
  return new Map(found.map(({ id, seq, revision }) => [id, { seq, revision }]));
}
