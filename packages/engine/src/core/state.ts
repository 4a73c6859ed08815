import type { Instant } from './instant.ts';
import type { ObjectKey } from './key.ts';
import type { KubeObject } from './object.ts';
import type { Lineage } from './projection.ts';
import type { Stored } from './stored.ts';
import { whole } from './text.ts';
import type { Timer } from './timers.ts';
import { Tree } from './tree.ts';

/** What was chosen when the cluster was made. */
export interface ClusterSettings {
  /** `instant` makes every simulated delay zero. */
  timing: 'realistic' | 'instant';
}

/** A controller that still has to look at a key, and the revision that asked it to. */
export interface QueueItem {
  controller: string;
  key: string;
  cause: number;
}

/** Plain JSON. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * A whole cluster as a value. Nothing in it is ever changed in place: a step makes a new one that shares what it did not touch.
 * `timerDue`, `index` and `lineage` are derived from the rest and not persisted.
 */
export interface ClusterState {
  /** Revision of the last event. */
  readonly revision: number;
  /** Instant of the last change. Time that passed without change is not recorded: it left nothing behind. */
  readonly now: Instant;
  readonly seed: string;
  readonly settings: ClusterSettings;
  readonly objects: Tree<Stored>;
  /** By `timerKey`. */
  readonly timers: Tree<Timer>;
  /** Left over from a step that ran out of budget; virtual time stands still until it is empty. */
  readonly queue: readonly QueueItem[];
  /** Container internals, image caches, what the scheduler said: everything simulated that is no API object. */
  readonly runtime: Tree<Plain>;
  /** Due instant by `timerId`. */
  readonly timerDue: Tree<Instant>;
  /** Object keys by `indexKey`. */
  readonly index: Tree<ObjectKey>;
  readonly lineage: Lineage | undefined;
}

/** Index entries of an object, as `<resource or *>|<index>|<value>`. */
export type Indexer = (key: ObjectKey, object: KubeObject) => readonly string[];

export const indexKey = (entry: string, key: ObjectKey): string => whole(`${entry}|${key}`);

export const emptyState = (seed: string, now: Instant, settings: ClusterSettings): ClusterState => ({
  revision: 0,
  now,
  seed,
  settings,
  objects: Tree.empty(),
  timers: Tree.empty(),
  queue: [],
  runtime: Tree.empty(),
  timerDue: Tree.empty(),
  index: Tree.empty(),
  lineage: undefined,
});
