import type { ClusterEvent } from './event.ts';
import type { ClusterState } from './state.ts';
import type { View } from './txn.ts';

/**
 * A value computed from a whole state and then kept up to date event by event (the scheduler's view of nodes).
 * It is a cache: `build` on any state must equal `build` on an earlier one followed by `apply` of the events between.
 */
export interface Projection<T> {
  readonly name: string;
  build(view: View): T;
  /** Whether it stays right when events are taken back or left out. */
  readonly isLasting?: boolean;
  /** Changes the value in place. */
  apply(value: T, event: ClusterEvent): void;
}

/**
 * The projections of one line of states. They describe `head` and no other state; whoever steps from another one
 * (a retry after a conflict, a test that runs the same step twice) starts a line of its own.
 */
export interface Lineage {
  head: ClusterState | undefined;
  readonly followed: Followed[];
}

export interface Followed {
  readonly projection: Projection<unknown>;
  readonly value: unknown;
}

export const newLineage = (): Lineage => ({ head: undefined, followed: [] });

/** For events that nobody has followed. */
export const lineageAfter = ({ followed }: Lineage): Lineage => ({
  head: undefined,
  followed: followed.filter(({ projection }) => projection.isLasting),
});
