import type { ClusterStore } from '@vivakube/db';
import type { ClusterEvent } from '@vivakube/engine';
import { eventsFromStore } from './history.ts';
import type { Recent } from './recent.ts';

/** For how long what was read for one watch is kept for others. */
const KEEP_MS = 10_000;
/** How long the first who asks waits for others, so that all are served by one read from the oldest revision. */
const GATHER_MS = 20;

/** Whoever is farther behind is faster off with a new list, and would take the memory of a hundred thousand objects to tell. */
const EVENTS_MAX = 20_000;

interface Reading {
  from: number;
  events: readonly ClusterEvent[];
}

/** A cluster's log as watches read it: when a process begins, every client comes back at once, each from a revision of its own. */
export class Past {
  private latest: Reading | undefined;
  private gathering: Promise<Reading> | undefined;
  private oldest = Number.POSITIVE_INFINITY;

  constructor(
    private readonly store: ClusterStore,
    private readonly id: string,
    private readonly recent: Recent,
  ) {}

  /** Events after a revision, as far as the recent ones begin or farther, or 'compacted' where they are gone. */
  async after(revision: number): Promise<readonly ClusterEvent[] | 'compacted'> {
    for (;;) {
      const recent = this.recent.after(revision);
      if (recent) return recent;
      if (this.recent.floor - revision > EVENTS_MAX) return 'compacted';
      const known = this.latest;
      const reading = known && known.from <= revision && this.reaches(known) ? known : await this.gather(revision);
      if (reading.from > revision) return 'compacted';
      // The recent events begin anew now and then, perhaps after the end of what was read.
      if (this.reaches(reading)) return reading.events.filter((event) => event.revision > revision);
    }
  }

  private reaches({ from, events }: Reading): boolean {
    return this.recent.after(events.at(-1)?.revision ?? from) !== undefined;
  }

  private gather(revision: number): Promise<Reading> {
    this.oldest = Math.min(this.oldest, revision);
    this.gathering ??= new Promise((resolve) => setTimeout(() => resolve(this.read()), GATHER_MS));
    return this.gathering;
  }

  private async read(): Promise<Reading> {
    const { oldest } = this;
    this.oldest = Number.POSITIVE_INFINITY;
    this.gathering = undefined;
    for (;;) {
      const row = await this.store.row(this.id);
      if (!row) return { from: Number.POSITIVE_INFINITY, events: [] };
      const from = Math.max(oldest, row.floorRevision);
      const events = await eventsFromStore(this.store, this.id, from);
      // The floor rose while it was being read.
      if (events === 'compacted') continue;
      const reading = { from, events };
      this.latest = reading;
      setTimeout(() => this.forget(reading), KEEP_MS).unref();
      return reading;
    }
  }

  private forget(reading: Reading): void {
    if (this.latest === reading) this.latest = undefined;
  }
}
