import type { ClusterSettings, Instant } from '@vivakube/engine/core';
import type { ClusterRow } from '../store.ts';

/** A row of `clusters` as `row_to_json` gives it: numbers are numbers whatever the driver makes of a bigint. */
export interface StoredRow {
  id: string;
  owner: string;
  name: string;
  seed: string;
  settings: ClusterSettings;
  template: string | null;
  created_at: Instant;
  born_at: Instant;
  expires_at: Instant | null;
  parent_id: string | null;
  parent_revision: number | null;
  seq: number;
  revision: number;
  snapshot_log: string | null;
  snapshot_seq: number;
  snapshot_bytes: number;
  floor_seq: number;
  floor_revision: number;
  tail_bytes: number;
  wake_at: Instant | null;
}

export const parseRow = (text: string): StoredRow => JSON.parse(text) as StoredRow;

export const publicRow = (row: StoredRow): ClusterRow => ({
  id: row.id,
  owner: row.owner,
  name: row.name,
  seed: row.seed,
  settings: row.settings,
  createdAt: row.created_at,
  bornAt: row.born_at,
  expiresAt: row.expires_at,
  parentId: row.parent_id,
  parentRevision: row.parent_revision,
  seq: row.seq,
  revision: row.revision,
  floorRevision: row.floor_revision,
  wakeAt: row.wake_at,
  tailCount: row.seq - row.snapshot_seq,
  tailBytes: row.tail_bytes,
});
