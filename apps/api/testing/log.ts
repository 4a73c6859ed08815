import { type ClusterRow, type ClusterStore, type CommittedDelta, type LoadedCluster, Unavailable } from '@vivakube/db';
import { type ApiAnswer, applyDelta, type ClusterState, indexer, Query } from '@vivakube/engine';
import { ADMIN, EPOCH } from '@vivakube/engine/testing';
import { expect } from 'vitest';
import { Session } from '../src/clusters/session.ts';

/** What sessions need of a store, in memory. `before` runs when a commit has been asked for and not been made, `after` when it has been. */
export class Log {
  readonly commits: CommittedDelta[] = [];
  before: (commit: number, events: number) => Promise<void> = async () => {};
  after: (commit: number) => Promise<void> = async () => {};
  now = EPOCH;
  /** How many statements were asked for. */
  statements = 0;
  /** Whether the database is out of reach. */
  away = false;
  /** Commits up to this one can no longer be read one by one. */
  floor = 0;
  /** What failed that nobody waited for. */
  readonly errors: unknown[] = [];
  private newest: ClusterState;

  constructor(private readonly first: ClusterState) {
    this.newest = first;
  }

  private ask(): void {
    this.statements++;
    if (this.away) throw new Unavailable('away');
  }

  private revisionAfter(seq: number): number {
    return this.commits[seq - 1]?.delta.revision ?? this.first.revision;
  }

  get store(): ClusterStore {
    const store: Partial<ClusterStore> = {
      head: async () => {
        this.ask();
        return { seq: this.commits.length, revision: this.newest.revision };
      },
      load: async () => {
        this.ask();
        return { state: this.newest, seq: this.commits.length } as LoadedCluster;
      },
      commitsAfter: async (_id, seq, limit) => {
        this.ask();
        return seq < this.floor ? 'compacted' : this.commits.slice(seq, seq + limit);
      },
      row: async () => {
        this.ask();
        return { floorRevision: this.revisionAfter(this.floor) } as ClusterRow;
      },
      at: async (_id, revision) => {
        this.ask();
        const before = this.commits.filter(({ delta }) => delta.revision <= revision);
        return revision < this.revisionAfter(this.floor)
          ? 'compacted'
          : before.reduce((state, { delta }) => applyDelta(state, delta, indexer), this.first);
      },
      eventsAfter: async (_id, revision, limit) => {
        this.ask();
        if (revision < this.revisionAfter(this.floor)) return 'compacted';
        const events = this.commits.flatMap(({ delta }) => delta.events);
        return events.filter((event) => event.revision > revision).slice(0, limit);
      },
      pack: async () => new Uint8Array(),
      commit: async (_id, baseSeq, delta, _wakeAt, atHand) => {
        this.ask();
        await this.before(this.commits.length, delta.events.length);
        if (baseSeq !== this.commits.length) return 'conflict';
        this.commits.push({ seq: baseSeq + 1, delta });
        this.newest = atHand?.state ?? this.newest;
        await this.after(this.commits.length);
        return 'committed';
      },
    };
    return store as ClusterStore;
  }

  session(background = true): Session {
    const onError = (error: unknown): void => {
      this.errors.push(error);
      if (!(error instanceof Unavailable)) throw error;
    };
    return new Session('c', { state: this.first, seq: 0 } as never, {
      store: this.store,
      clock: { now: () => this.now },
      exclusive: false,
      background,
      onError,
    });
  }
}

export const post = async (session: Session, path: string, object: object): Promise<void> => expect(await create(session, path, object)).toBe(201);

/** The code of the answer. */
export const create = async (session: Session, path: string, object: object): Promise<number> => {
  const body = new TextEncoder().encode(JSON.stringify(object));
  const accept = 'application/json';
  const response = await session.submit({
    method: 'POST',
    path,
    query: new Query(''),
    accept,
    contentType: accept,
    userAgent: 'test',
    body,
    user: ADMIN,
  });
  return (response as ApiAnswer).status;
};

export const atRest = async (session: Session): Promise<void> => {
  while (!session.idle) await new Promise(setImmediate);
};

export const list = (session: Session) =>
  session.submit({
    method: 'GET',
    path: '/api/v1/namespaces/default/pods',
    query: new Query(''),
    accept: 'application/json',
    contentType: '',
    userAgent: 'test',
    body: new Uint8Array(),
    user: ADMIN,
  });
