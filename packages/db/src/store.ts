import type { ClusterDelta, ClusterEvent, ClusterSettings, ClusterState, Instant } from '@vivakube/engine/core';

export interface ClusterRow {
  id: string;
  owner: string;
  name: string;
  seed: string;
  settings: ClusterSettings;
  createdAt: Instant;
  bornAt: Instant;
  expiresAt: Instant | null;
  parentId: string | null;
  parentRevision: number | null;
  /** Commits so far. */
  seq: number;
  revision: number;
  /** The oldest revision that can still be read; what is before is compacted. */
  floorRevision: number;
  wakeAt: Instant | null;
  /** Commits and their bytes after the newest snapshot. */
  tailCount: number;
  tailBytes: number;
}

export interface LoadedCluster extends ClusterRow {
  state: ClusterState;
}

export interface NewCluster {
  id: string;
  owner: string;
  name: string;
  seed: string;
  settings: ClusterSettings;
  /** Name of a template; without one the cluster begins empty. */
  template?: string;
  at: Instant;
  expiresAt?: Instant;
  wakeAt?: Instant;
}

export interface NewFork {
  id: string;
  owner: string;
  name: string;
  at: Instant;
  settings?: ClusterSettings;
  expiresAt?: Instant;
  wakeAt?: Instant;
}

export interface Head {
  seq: number;
  revision: number;
}

/** A state at hand, and the commit that made it. */
export interface KnownState {
  seq: number;
  state: ClusterState;
}

export interface CommittedDelta {
  seq: number;
  delta: ClusterDelta;
}

/** Why history cannot be given: no such cluster; older than what is kept (410); not there yet. */
export type NoHistory = 'gone' | 'compacted' | 'ahead';

export interface Forked {
  id: string;
  seq: number;
  revision: number;
}

export interface ClusterPatch {
  owner?: string;
  name?: string;
  expiresAt?: Instant | null;
}

/** What garbage collection did: deleted clusters' logs dropped, idle clusters folded, old histories trimmed, templates and chunks freed. */
export interface Collected {
  logs: number;
  compacted: number;
  trimmed: number;
  templates: number;
  chunks: number;
}

/**
 * Clusters at rest. Whoever holds a state writes with `commit` against the `seq` it is based on; that comparison alone keeps
 * two writers from losing each other's work, whatever process they live in.
 */
/** What a commit would otherwise have to find out. */
export interface AtHand {
  /** The one after the delta: saves a compaction the load. */
  state?: ClusterState;
  /** The delta as `pack` gives it. */
  body?: Promise<Uint8Array>;
}

export interface ClusterStore {
  create(cluster: NewCluster): Promise<'created' | 'exists'>;
  row(id: string): Promise<ClusterRow | undefined>;
  /** Clusters of an owner, newest first. */
  list(owner: string, limit?: number): Promise<ClusterRow[]>;
  count(owner: string): Promise<number>;
  update(id: string, patch: ClusterPatch): Promise<boolean>;
  delete(id: string, at: Instant): Promise<boolean>;
  expired(now: Instant, limit: number): Promise<string[]>;

  /** The state at the last commit, in one query. */
  load(id: string): Promise<LoadedCluster | undefined>;
  head(id: string): Promise<Head | undefined>;
  heads(ids: readonly string[]): Promise<Map<string, Head>>;
  /**
   * Appends a commit if `baseSeq` is still the last one. A commit that gets no answer is tried again for about two seconds; then an
   * `Unavailable` says whether it is `undecided`: look at what there is before going on.
   */
  commit(id: string, baseSeq: number, delta: ClusterDelta, wakeAt: Instant | null, atHand?: AtHand): Promise<'committed' | 'conflict' | 'gone'>;
  /** What a commit is going to hold, worked out beside other work: for those who have more to do before it is their turn. */
  pack(delta: ClusterDelta): Promise<Uint8Array>;

  /** What brings a state at `seq` up to now. */
  commitsAfter(id: string, seq: number, limit: number): Promise<CommittedDelta[] | NoHistory>;
  /** Events after a revision, in order, at most `limit`. */
  eventsAfter(id: string, revision: number, limit: number): Promise<ClusterEvent[] | NoHistory>;
  /** The state as it was at a revision. */
  at(id: string, revision: number): Promise<ClusterState | NoHistory>;
  /** A new cluster with this one's past up to the end of the commit that holds the revision; the newest without one. */
  fork(id: string, revision: number | undefined, fork: NewFork): Promise<Forked | NoHistory | 'exists'>;

  /** Snapshots a cluster and drops history past its retention. A state at hand saves the load. */
  compact(id: string, at: Instant, known?: KnownState): Promise<boolean>;
  /** Claims clusters whose wake-up is due; unclaimed ones only, for `leaseMs`. */
  due(now: Instant, limit: number, leaseMs?: number): Promise<{ id: string; wakeAt: Instant }[]>;
  /** Frees what nothing refers to any more and folds clusters that lie idle. For a cron: about hourly, a bounded batch each time. */
  gc(now: Instant): Promise<Collected>;

  /** Stores a state under a name for clusters to begin with. Clusters made before keep the one they began with. */
  putTemplate(name: string, state: ClusterState, at: Instant): Promise<void>;
  /** Whether there is a template of this name. One that nobody asks for goes away after a week. */
  useTemplate(name: string, at: Instant): Promise<boolean>;
}

export interface IssuedToken {
  /** Shown once; only its hash is kept. */
  token: string;
  id: string;
}

export interface TokenHolder {
  id: string;
  clusterId: string;
  userName: string;
  groups: string[];
  createdAt: Instant;
  expiresAt: Instant | null;
}

export interface TokenStore {
  issue(clusterId: string, holder: { userName: string; groups: readonly string[]; at: Instant; expiresAt?: Instant }): Promise<IssuedToken>;
  /** The holder of a token that is neither revoked nor expired. */
  find(clusterId: string, token: string, now: Instant): Promise<TokenHolder | undefined>;
  list(clusterId: string, now: Instant): Promise<TokenHolder[]>;
  revoke(clusterId: string, id: string, at: Instant): Promise<boolean>;
}

export interface InstanceStore {
  setting<T>(key: string): Promise<T | undefined>;
  setSetting(key: string, value: unknown): Promise<void>;
  /** The secret of this name; the first caller of any process makes it. */
  secret(name: string, make: () => Promise<string> | string, at: Instant): Promise<string>;
}
