import { applyDelta, type ClusterDelta, type ClusterState, decodeDelta, decodeState, emptyState, mergeDeltas } from '@vivakube/engine/core';
import { HASH_BYTES, unpack } from '../codec.ts';
import type { Context } from './context.ts';
import { parseRow, type StoredRow } from './row.ts';

/**
 * A cluster in one answer: `head` is its row (and where the snapshot comes from), `chunk` the parts of a snapshot, `commit` what to fold over it.
 * One statement sees one instant of the database, so compaction at the same time is never seen half done.
 */
export interface Part {
  kind: 'head' | 'chunk' | 'commit';
  ord: number;
  codec: number | null;
  body: Uint8Array | null;
  head: string | null;
}

/** Parts of the snapshot that a CTE `m (template, manifest)` names. A scalar subquery each: always a look-up by key. */
export const CHUNK_PARTS = `
  select 'chunk' as kind, i::bigint as ord, 1::smallint as codec,
    (select k.body from chunks k where k.hash = substring(m.manifest from i * ${HASH_BYTES} + 1 for ${HASH_BYTES})) as body, null as head
  from m, generate_series(0, octet_length(m.manifest) / ${HASH_BYTES} - 1) as i`;

/** Where a cluster's past is written: its own log, and of each ancestor's log a part. Needs a CTE `c` with the cluster's row. */
export const LOGS = `
  select c.id as log, c.floor_seq as from_seq, c.seq as upto_seq from c
  union all
  select a.ancestor_id, a.from_seq, a.upto_seq from c join ancestry a on a.cluster_id = c.id`;

export interface Parts {
  row: StoredRow;
  chunks: string[];
  deltas: ClusterDelta[];
  /** Whether the chunks are a template's. */
  template: boolean;
}

export function readParts(parts: readonly Part[]): Parts | undefined {
  const head = parts.find((part) => part.kind === 'head');
  if (!head) return undefined;
  const { template, ...row } = parseRow(head.head as string) as StoredRow & { from_template?: boolean };
  const texts = (kind: Part['kind']): string[] =>
    parts
      .filter((part) => part.kind === kind)
      .sort((a, b) => a.ord - b.ord)
      .map((part) => {
        if (part.body === null) throw new Error(`cluster ${row.id}: ${part.kind} ${part.ord} is missing`);
        return unpack(part.codec as number, part.body);
      });
  return {
    row: { ...row, template },
    chunks: texts('chunk'),
    deltas: texts('commit').map(decodeDelta),
    template: row.from_template === true,
  };
}

/** The snapshot as this cluster sees it. */
export function baseState(context: Context, { row, chunks, template }: Parts): ClusterState {
  if (chunks.length === 0) return emptyState(row.seed, row.born_at, row.settings);
  const own = template ? context.rebase(chunks, { seed: row.seed, bornAt: row.born_at }) : chunks;
  return { ...decodeState(own, context.indexer), seed: row.seed, settings: row.settings };
}

export function foldParts(context: Context, parts: Parts): ClusterState {
  const base = baseState(context, parts);
  const merged = mergeDeltas(parts.deltas);
  return merged ? applyDelta(base, merged, context.indexer) : base;
}
