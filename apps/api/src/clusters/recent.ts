import type { ClusterEvent, ClusterState } from '@vivakube/engine';

const EVENTS_MAX = 20_000;
const STATES_MAX = 8;

/** The newest events of a cluster, for watches that begin a little in the past, and states that chunked lists go on with. */
export class Recent {
  private events: ClusterEvent[] = [];
  private readonly states = new Map<number, ClusterState>();
  private from: number;

  constructor(revision: number) {
    this.from = revision;
  }

  /** Everything after this revision is here. */
  get floor(): number {
    return this.from;
  }

  add(events: readonly ClusterEvent[]): void {
    for (const event of events) this.events.push(event);
    if (this.events.length > EVENTS_MAX * 2) {
      this.events = this.events.slice(-EVENTS_MAX);
      this.from = (this.events[0] as ClusterEvent).revision - 1;
    }
  }

  restart(revision: number): void {
    this.events = [];
    this.from = revision;
  }

  /** Events after a revision, or undefined where some of them are no longer here. */
  after(revision: number): readonly ClusterEvent[] | undefined {
    if (revision < this.from) return undefined;
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle] as ClusterEvent).revision <= revision) low = middle + 1;
      else high = middle;
    }
    return this.events.slice(low);
  }

  keepState(state: ClusterState): void {
    this.states.delete(state.revision);
    this.states.set(state.revision, state);
    if (this.states.size > STATES_MAX) this.states.delete(this.states.keys().next().value as number);
  }

  stateAt(revision: number): ClusterState | undefined {
    return this.states.get(revision);
  }
}
