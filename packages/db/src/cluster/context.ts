import type { Indexer, Instant } from '@vivakube/engine/core';
import type { Rebase } from '../rebase.ts';
import type { Sql } from '../sql.ts';
import type { KnownState } from '../store.ts';

export interface Retention {
  /** History younger than this is always kept. etcd's own default is five minutes. */
  minAgeMs: number;
  /** History older than this is dropped. */
  maxAgeMs: number;
  /** Revisions kept beyond the youngest history. */
  revisions: number;
}

export const DEFAULT_RETENTION: Retention = { minAgeMs: 5 * 60_000, maxAgeMs: 24 * 3_600_000, revisions: 10_000 };

/** When a log tail is long enough to be folded into a snapshot: about 100 ms of replay. */
export const TAIL_COMMITS_MAX = 200;
export const TAIL_BYTES_MAX = 512 * 1024;

/** What the operations on clusters share. */
export interface Context {
  sql: Sql;
  indexer: Indexer;
  rebase: Rebase;
  retention: Retention;
  /** Told after a commit whose tail has passed its limit. */
  onTailFull: (cluster: string, at: Instant, known: KnownState | undefined) => void;
}
