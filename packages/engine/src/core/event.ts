import type { Instant } from './instant.ts';
import type { ObjectKey } from './key.ts';
import type { Stored } from './stored.ts';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One visible change. The log of these is watch, history, rollback, time travel and fork. */
export interface ClusterEvent {
  revision: number;
  type: EventType;
  key: ObjectKey;
  /** The object after the change; for DELETED its last state, carrying the revision of the deletion. */
  stored: Stored;
  /** Revision of the version this one replaced; 0 for ADDED. */
  prevRevision: number;
  /** The version this one replaced, while it is still in memory. Not persisted. */
  previous?: Stored;
  at: Instant;
  /** Who wrote: a user name, a controller, or the kubelet of a node. */
  actor: string;
  /** The revision that woke the writer; 0 when a user or the passing of time did. */
  cause: number;
}
