import { expect } from 'vitest';
import { clusterStore, type StoreOptions } from '../../src/cluster-store.ts';
import type { Sql } from '../../src/sql.ts';
import type { ClusterStore, LoadedCluster, NewCluster, NewFork } from '../../src/store.ts';
import { counter, counterKey, sampleIndexer, write, written } from '../sample.ts';

export const START = 1_767_225_600_000;
export const SECOND = 1000;
export const DAY = 24 * 3_600_000;

let serial = 0;
/** Tests share one database: each brings clusters of its own. */
export const freshId = (): string => `c-${process.pid}-${++serial}`;

export const newCluster = (id: string, more: Partial<NewCluster> = {}): NewCluster => ({
  id,
  owner: 'somebody',
  name: id,
  seed: `seed of ${id}`,
  settings: { timing: 'realistic' },
  at: START,
  ...more,
});

export const newFork = (id: string, at = START): NewFork => ({ id, owner: 'somebody', name: id, at });

/** What a part of the contract is given. */
export interface Subject {
  /** An independent connection to the database. */
  connect(): Sql;
  /** A store over a connection of its own. */
  open(options?: Partial<StoreOptions>, sql?: Sql): ClusterStore;
}

export const subject = (connect: () => Sql): Subject => ({
  connect,
  open: (options = {}, sql = connect()) => clusterStore(sql, { indexer: sampleIndexer, ...options }),
});

/** Commits `count` commits of `each` counters, and gives what the state was after each one by revision. */
export async function writeHistory(store: ClusterStore, id: string, count: number, each = 3, everyMs = SECOND): Promise<Map<number, string>> {
  const states = new Map<number, string>();
  let loaded = (await store.load(id)) as LoadedCluster;
  states.set(loaded.state.revision, written(loaded.state));
  for (let i = 0; i < count; i++) {
    const step = write(loaded.state, loaded.state.now + everyMs, (txn) => {
      for (let k = 0; k < each; k++)
        txn.put(counterKey(`n${(loaded.seq + k * 5) % 11}`), counter(`n${(loaded.seq + k * 5) % 11}`, loaded.seq * 10 + k));
      if (loaded.seq % 7 === 6) txn.remove(counterKey(`n${loaded.seq % 11}`));
      txn.setTimer('sampler', `t${loaded.seq % 4}`, txn.now + 5000 + loaded.seq);
      txn.setRuntime(`runtime/${loaded.seq % 3}`, { seq: loaded.seq });
    });
    expect(await store.commit(id, loaded.seq, step.delta, null)).toBe('committed');
    loaded = { ...loaded, seq: loaded.seq + 1, state: step.state };
    states.set(step.state.revision, written(step.state));
  }
  return states;
}

export const stateOf = async (store: ClusterStore, id: string): Promise<string> => written(((await store.load(id)) as LoadedCluster).state);
