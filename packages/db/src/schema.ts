import { sql } from 'drizzle-orm';
import { bigint, customType, index, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';

/** Instants are milliseconds since the epoch everywhere, as in the engine. */
const instant = (name: string) => bigint(name, { mode: 'number' });
const counter = (name: string) => bigint(name, { mode: 'number' });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/**
 * One small row for each cluster. `seq` counts commits and is what a commit compares and swaps; `revision` counts events.
 * No index on what every commit changes, so that updates stay in their page.
 */
export const clusters = pgTable(
  'clusters',
  {
    id: text('id').primaryKey(),
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    seed: text('seed').notNull(),
    settings: jsonb('settings').notNull(),
    /** The shared snapshot that its history began with, as `snapshots.cluster_id`. */
    template: text('template'),
    createdAt: instant('created_at').notNull(),
    /** Creation of the first cluster in a line of forks: what the template's timestamps became. */
    bornAt: instant('born_at').notNull(),
    expiresAt: instant('expires_at'),
    parentId: text('parent_id'),
    parentRevision: counter('parent_revision'),
    seq: counter('seq').notNull().default(0),
    revision: counter('revision').notNull().default(0),
    /** Who wrote the newest snapshot: this cluster or an ancestor; null is the template. */
    snapshotLog: text('snapshot_log'),
    snapshotSeq: counter('snapshot_seq').notNull().default(0),
    snapshotBytes: counter('snapshot_bytes').notNull().default(0),
    /** History before this point is compacted. There is always a snapshot at it. */
    floorSeq: counter('floor_seq').notNull().default(0),
    floorRevision: counter('floor_revision').notNull().default(0),
    /** Weight of the commits after the newest snapshot. */
    tailBytes: integer('tail_bytes').notNull().default(0),
    wakeAt: instant('wake_at'),
  },
  (t) => [
    index('clusters_owner').on(t.owner),
    index('clusters_wake').on(t.wakeAt).where(sql`wake_at is not null`),
    index('clusters_expiry').on(t.expiresAt).where(sql`expires_at is not null`),
  ],
);

/** One row for each commit, under the cluster that wrote it. Body: a compressed delta. */
export const commits = pgTable(
  'commits',
  {
    clusterId: text('cluster_id').notNull(),
    seq: counter('seq').notNull(),
    fromRevision: counter('from_revision').notNull(),
    toRevision: counter('to_revision').notNull(),
    at: instant('at').notNull(),
    codec: smallint('codec').notNull(),
    body: bytea('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clusterId, t.seq] }), index('commits_revision').on(t.clusterId, t.toRevision)],
);

/** What the state was after a commit. `manifest` is the SHA-256 of each chunk, one after the other. Templates are snapshots at seq 0. */
export const snapshots = pgTable(
  'snapshots',
  {
    clusterId: text('cluster_id').notNull(),
    seq: counter('seq').notNull(),
    revision: counter('revision').notNull(),
    at: instant('at').notNull(),
    bytes: counter('bytes').notNull(),
    manifest: bytea('manifest').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clusterId, t.seq] })],
);

/** Compressed texts under the hash of the text: clusters that share content share the row. */
export const chunks = pgTable('chunks', {
  hash: bytea('hash').primaryKey(),
  /** When a snapshot last meant to use it: garbage collection leaves fresh ones alone. */
  touchedAt: instant('touched_at').notNull(),
  codec: smallint('codec').notNull(),
  body: bytea('body').notNull(),
});

/** The parts of other clusters' logs that are a fork's own past: commits after `from_seq` up to `upto_seq`. */
export const ancestry = pgTable(
  'ancestry',
  {
    clusterId: text('cluster_id').notNull(),
    ancestorId: text('ancestor_id').notNull(),
    fromSeq: counter('from_seq').notNull(),
    uptoSeq: counter('upto_seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clusterId, t.ancestorId] }), index('ancestry_ancestor').on(t.ancestorId)],
);

/** Clusters that are gone but whose log a fork may still need. */
export const deletedClusters = pgTable('deleted_clusters', {
  clusterId: text('cluster_id').primaryKey(),
  deletedAt: instant('deleted_at').notNull(),
});

export const templates = pgTable('templates', {
  name: text('name').primaryKey(),
  snapshotId: text('snapshot_id').notNull(),
});

/** Revocable credentials for one cluster; only the hash of a token is kept. */
export const tokens = pgTable(
  'tokens',
  {
    clusterId: text('cluster_id').notNull(),
    hash: bytea('hash').notNull(),
    id: text('id').notNull(),
    userName: text('user_name').notNull(),
    groups: jsonb('groups').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [primaryKey({ columns: [t.clusterId, t.hash] })],
);

/** Values of the whole instance. */
export const settings = pgTable('settings', { key: text('key').primaryKey(), value: jsonb('value').notNull() });

/** Keys and certificates of the whole instance. */
export const secrets = pgTable('secrets', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  createdAt: instant('created_at').notNull(),
});
