import { randomBytes } from 'node:crypto';
import { emptyState } from '@vivakube/engine/core';
import { expect, it } from 'vitest';
import type { LoadedCluster } from '../../src/store.ts';
import { counter, counterKey, write, written } from '../sample.ts';
import { DAY, freshId, newCluster, newFork, SECOND, START, type Subject, stateOf, writeHistory } from './subject.ts';

/** Compaction, retention, collection and wake-ups. */
export function upkeep({ connect, open }: Subject): void {
  it('keeps the chunks that did not change', async () => {
    const store = open();
    const sql = connect();
    const id = freshId();
    await store.create(newCluster(id));
    const base = (await store.load(id)) as LoadedCluster;
    const many = write(base.state, START, (txn) => {
      for (let i = 0; i < 3000; i++) txn.put(counterKey(`many-${i}`), counter(`many-${i}`, i));
    });
    await store.commit(id, 0, many.delta, null);
    await store.compact(id, START);
    const more = write(many.state, START, (txn) => txn.put(counterKey('many-1500x'), counter('many-1500x', 0)));
    await store.commit(id, 1, more.delta, null);
    await store.compact(id, START);
    const manifests = await sql.query<{ manifest: Uint8Array }>('select manifest from snapshots where cluster_id = $1 order by seq', [id]);
    const [before, after] = manifests.map(({ manifest }) =>
      Array.from({ length: manifest.length / 32 }, (_, i) => Buffer.from(manifest.subarray(i * 32, i * 32 + 32)).toString('hex')),
    ) as [string[], string[]];
    expect(before.length).toBeGreaterThan(4);
    expect(after.filter((hash) => !before.includes(hash)).length).toBeLessThanOrEqual(3);
    expect(await stateOf(store, id)).toBe(written(more.state));
  });

  it('forgets history past its retention and says so', async () => {
    const store = open({ retention: { minAgeMs: 10 * SECOND, maxAgeMs: 60 * SECOND, revisions: 20 } });
    const id = freshId();
    await store.create(newCluster(id));
    const early = await writeHistory(store, id, 6);
    await store.compact(id, START + 6 * SECOND);
    expect((await store.row(id))?.floorRevision).toBe(0);
    const later = await writeHistory(store, id, 12);
    const now = START + 30 * SECOND;
    await store.compact(id, now);
    const row = (await store.row(id)) as { floorRevision: number; revision: number; seq: number };
    expect(row.floorRevision).toBeGreaterThan(1);
    expect(await store.eventsAfter(id, row.floorRevision - 1, 10)).toBe('compacted');
    expect(await store.at(id, 1)).toBe('compacted');
    expect(await store.commitsAfter(id, 1, 10)).toBe('compacted');
    expect(await store.fork(id, 1, newFork(freshId()))).toBe('compacted');
    for (const [revision, state] of [...early, ...later]) {
      if (revision >= row.floorRevision) expect(written((await store.at(id, revision)) as LoadedCluster['state'])).toBe(state);
    }
    expect(await store.eventsAfter(id, row.floorRevision, 1000)).toHaveLength(row.revision - row.floorRevision);
    const left = await connect().query<{ n: number }>('select count(*)::int as n from commits where cluster_id = $1', [id]);
    expect(left[0]?.n).toBeLessThan(row.seq);
    await store.compact(id, now + DAY);
    expect((await store.row(id))?.floorRevision).toBe(row.revision);
    expect(await stateOf(store, id)).toBe([...later.values()].at(-1));
  });

  it('folds clusters that lie idle, and leaves untouched forks as they are', async () => {
    const store = open();
    const id = freshId();
    await store.create(newCluster(id));
    const { state } = (await store.load(id)) as LoadedCluster;
    const step = write(state, START, (txn) => {
      for (let i = 0; i < 40; i++) txn.put(counterKey(`big-${i}`), { ...counter(`big-${i}`, i), noise: randomBytes(400).toString('hex') });
    });
    await store.commit(id, 0, step.delta, null);
    const child = freshId();
    await store.fork(id, undefined, newFork(child));
    expect((await store.row(id))?.tailBytes).toBeGreaterThan(16 * 1024);
    await store.gc(START + SECOND);
    expect((await store.row(id))?.tailCount).toBe(1);
    expect((await store.gc(START + DAY)).compacted).toBeGreaterThan(0);
    expect(await store.row(id)).toMatchObject({ tailCount: 0, tailBytes: 0, floorRevision: 0 });
    expect((await store.row(child))?.tailCount).toBe(1);
    await store.gc(START + 3 * DAY);
    expect(await store.row(id)).toMatchObject({ floorRevision: 40 });
    expect([await stateOf(store, id), await stateOf(store, child)]).toEqual([written(step.state), written(step.state)]);
  });

  it('collects chunks that no snapshot holds, and no others', async () => {
    const store = open();
    const sql = connect();
    const [kept, dropped] = [freshId(), freshId()];
    for (const id of [kept, dropped]) {
      await store.create(newCluster(id));
      await writeHistory(store, id, 2);
      await store.compact(id, START);
    }
    const chunksOf = async (): Promise<number> => (await sql.query('select hash from chunks')).length;
    const before = await chunksOf();
    await store.delete(dropped, START);
    expect((await store.gc(START + SECOND)).chunks).toBe(0);
    expect((await store.gc(START + DAY)).chunks).toBeGreaterThan(0);
    expect(await chunksOf()).toBeLessThan(before);
    await stateOf(store, kept);
  });

  it('drops templates that nobody asks for, but not what a cluster began with', async () => {
    const store = open();
    const [asked, unasked, begun, id] = [freshId(), freshId(), freshId(), freshId()];
    for (const name of [asked, unasked, begun]) {
      const { state } = write(emptyState(name, START, { timing: 'instant' }), START, (txn) => txn.put(counterKey(name), counter(name, 1)));
      await store.putTemplate(name, state, START);
    }
    await store.create(newCluster(id, { template: begun }));
    const before = await stateOf(store, id);
    expect(await store.useTemplate(asked, START + 5 * DAY)).toBe(true);
    expect((await store.gc(START + 8 * DAY)).templates).toBeGreaterThan(0);
    const left = await Promise.all([asked, unasked, begun].map((name) => store.useTemplate(name, START)));
    expect(left).toEqual([true, false, false]);
    expect(await stateOf(store, id)).toBe(before);
  });

  it('hands each due cluster to one claimer, and again when the claim has passed', async () => {
    const [a, b] = [open(), open()];
    const ids = Array.from({ length: 10 }, freshId);
    const moment = 5000;
    for (const [i, id] of ids.entries()) await a.create(newCluster(id, { wakeAt: i < 6 ? moment : moment + 1 }));
    const mine = (claims: { id: string }[]): string[] => claims.map((claim) => claim.id).filter((id) => ids.includes(id));
    const claims = await Promise.all([a.due(moment, 4, 1000), b.due(moment, 4, 1000), a.due(moment, 4, 1000)]);
    const claimed = claims.flatMap(mine);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = mine(await b.due(moment, 100, 1000));
    expect([...claimed, ...rest].sort()).toEqual(ids.slice(0, 6).sort());
    expect(mine(await a.due(moment, 100, 1000))).toEqual([]);
    expect(mine(await a.due(moment + 1000, 100, 1000)).sort()).toEqual([...ids].sort());
  });
}
