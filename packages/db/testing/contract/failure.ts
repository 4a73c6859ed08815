import { expect, it } from 'vitest';
import type { Sql, SqlValue } from '../../src/sql.ts';
import type { ClusterStore, LoadedCluster } from '../../src/store.ts';
import { counter, counterKey, write, written } from '../sample.ts';
import { freshId, newCluster, newFork, SECOND, START, type Subject, writeHistory } from './subject.ts';

/** Crashes. */
export function failure({ connect, open }: Subject): void {
  it('is in the old state or the new one whatever statement fails', async () => {
    const control = open();
    const retention = { minAgeMs: 0, maxAgeMs: 2 * SECOND, revisions: 1_000_000 };
    const at = START + 60 * SECOND;
    const operations: [string, (store: ClusterStore, id: string) => Promise<unknown>, boolean][] = [
      ['compact', (store, id) => store.compact(id, at), true],
      ['fork', (store, id) => store.fork(id, undefined, newFork(`${id}-fork`)), true],
      [
        'commit',
        async (store, id) => {
          const { state, seq } = (await control.load(id)) as LoadedCluster;
          return store.commit(id, seq, write(state, at, (txn) => txn.put(counterKey('new'), counter('new', 1))).delta, null);
        },
        false,
      ],
      ['delete', (store, id) => store.delete(id, at), false],
      ['gc', (store) => store.gc(at), true],
    ];
    for (const [label, operation, same] of operations) {
      for (let k = 0, done = false; !done; k++) {
        const id = freshId();
        await control.create(newCluster(id));
        await writeHistory(control, id, 3);
        await open({ retention }).compact(id, START + 3 * SECOND);
        const states = await writeHistory(control, id, 3);
        const old = [...states.values()].at(-1) as string;
        const failing = open({ retention }, failAt(connect(), k));
        done = await operation(failing, id).then(
          () => true,
          (error: Error) => error.message !== 'injected failure' && Promise.reject(error),
        );
        const now = await control.load(id);
        const text = now ? written(now.state) : 'gone';
        if (same || text === old) expect(text, `${label}, step ${k}`).toBe(old);
        else expect(label === 'delete' ? text === 'gone' : now?.state.objects.has(counterKey('new')), `${label}, step ${k}`).toBe(true);
        const child = await control.load(`${id}-fork`);
        if (child) expect(written(child.state), `${label}, step ${k}`).toBe(old);
        await open({ retention }).gc(at);
        if (now) {
          await operation(open({ retention }), id);
          expect(typeof (await control.at(id, now.revision)), `${label}, step ${k}, retried`).toBe(label === 'delete' ? 'string' : 'object');
        }
        expect(k).toBeLessThan(60);
      }
    }
  });
}

/** Fails at the k-th half-step: even ones before the statement is sent, odd ones after it has been done. */
function failAt(sql: Sql, k: number): Sql {
  let step = 0;
  return {
    async query<Row>(text: string, params?: readonly SqlValue[]) {
      if (step++ === k) throw new Error('injected failure');
      const rows = await sql.query<Row>(text, params);
      if (step++ === k) throw new Error('injected failure');
      return rows;
    },
  };
}
