import { type ClusterState, encodeStateChunks, type Instant } from '@vivakube/engine/core';
import { sha256 } from '../codec.ts';
import { MANIFEST_HASHES, storeChunks } from './chunks.ts';
import type { Context } from './context.ts';

/** Templates are snapshots under a name made of their content: the same state is the same template, in whatever process it is made. */
const templateId = (manifest: Buffer): string => `template:${sha256(manifest.toString('hex')).toString('hex').slice(0, 24)}`;

/** The template that had the name counts as used until now: clusters may be beginning with it at this moment. */
export async function putTemplate({ sql }: Context, name: string, state: ClusterState, at: Instant): Promise<void> {
  const stored = await storeChunks(sql, encodeStateChunks(state), at);
  const id = templateId(stored.manifest);
  await sql.query('update snapshots set at = $2 from templates t where t.name = $1 and cluster_id = t.snapshot_id and seq = 0', [name, at]);
  const named = await sql.query(
    `with s as (
       insert into snapshots (cluster_id, seq, revision, at, bytes, manifest)
       select $2, 0, $3, $4, $5, $1 where (select count(distinct h.hash) from (${MANIFEST_HASHES}) h join chunks k on k.hash = h.hash) = $6
       on conflict (cluster_id, seq) do update set at = excluded.at returning cluster_id)
     insert into templates (name, snapshot_id) select $7, cluster_id from s on conflict (name) do update set snapshot_id = excluded.snapshot_id returning name`,
    [stored.manifest, id, state.revision, at, stored.bytes, stored.count, name],
  );
  if (named.length === 0) throw new Error(`template "${name}": its chunks vanished while it was being stored`);
}

export async function useTemplate({ sql }: Context, name: string, at: Instant): Promise<boolean> {
  const found = await sql.query(
    `update snapshots s set at = greatest(s.at, $2) from templates t where t.name = $1 and s.cluster_id = t.snapshot_id and s.seq = 0 returning t.name`,
    [name, at],
  );
  return found.length > 0;
}
