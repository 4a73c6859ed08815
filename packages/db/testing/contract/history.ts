import { expect, it } from 'vitest';
import type { LoadedCluster } from '../../src/store.ts';
import { written } from '../sample.ts';
import { DAY, freshId, newCluster, SECOND, START, type Subject, writeHistory } from './subject.ts';

/** Reading the past. */
export function history({ open }: Subject): void {
  it('reads every revision as it was, before and after compaction', async () => {
    const store = open();
    const id = freshId();
    await store.create(newCluster(id));
    const states = await writeHistory(store, id, 8);
    await store.compact(id, START + 20 * SECOND);
    for (const [revision, state] of await writeHistory(store, id, 8)) states.set(revision, state);
    await store.compact(id, START + 40 * SECOND);
    for (const [revision, state] of await writeHistory(store, id, 4)) states.set(revision, state);
    for (const [revision, state] of states)
      expect(written((await store.at(id, revision)) as LoadedCluster['state']), `revision ${revision}`).toBe(state);
    expect(await store.row(id)).toMatchObject({ tailCount: 4, floorRevision: 0 });
    const { revision } = (await store.row(id)) as { revision: number };
    const inside = (await store.at(id, 2)) as LoadedCluster['state'];
    expect([inside.revision, inside.objects.size]).toEqual([2, 2]);
    expect(await store.at(id, revision + 1)).toBe('ahead');
    expect(await store.at('nobody', 1)).toBe('gone');
    const events = await store.eventsAfter(id, 0, 10_000);
    if (typeof events === 'string') throw new Error(events);
    expect(events.map((event) => event.revision)).toEqual(Array.from({ length: revision }, (_, i) => i + 1));
  });

  it('gives events and commits after a point, a page at a time', async () => {
    const store = open();
    const id = freshId();
    await store.create(newCluster(id));
    await writeHistory(store, id, 10, 3);
    const { revision, seq } = (await store.row(id)) as { revision: number; seq: number };
    const seen: number[] = [];
    for (let after = 2; ; ) {
      const page = await store.eventsAfter(id, after, 4);
      if (typeof page === 'string') throw new Error(page);
      if (page.length === 0) break;
      expect(page.length).toBeLessThanOrEqual(4);
      seen.push(...page.map((event) => event.revision));
      after = seen.at(-1) as number;
    }
    expect(seen).toEqual(Array.from({ length: revision - 2 }, (_, i) => i + 3));
    const tail = await store.commitsAfter(id, 7, 100);
    if (typeof tail === 'string') throw new Error(tail);
    expect(tail.map((c) => c.seq)).toEqual([8, 9, 10]);
    expect(tail.at(-1)?.delta.revision).toBe(revision);
    expect(((await store.commitsAfter(id, 0, 4)) as unknown[]).length).toBe(4);
    expect(await store.commitsAfter(id, seq, 100)).toEqual([]);
    expect(await store.eventsAfter(id, revision, 100)).toEqual([]);
    expect([await store.commitsAfter(id, seq + 1, 1), await store.eventsAfter(id, revision + 1, 1)]).toEqual(['ahead', 'ahead']);
    expect([await store.commitsAfter('nobody', 0, 1), await store.eventsAfter('nobody', 0, 1)]).toEqual(['gone', 'gone']);
  });

  it('gives whole pages from whatever revision, also from inside a commit: a shorter one is the last', async () => {
    const store = open();
    const id = freshId();
    await store.create(newCluster(id));
    await writeHistory(store, id, 6, 4);
    const { revision } = (await store.row(id)) as { revision: number };
    for (let after = 0; after <= revision; after++) {
      for (const limit of [1, 4, 5, 9]) {
        const page = (await store.eventsAfter(id, after, limit)) as { revision: number }[];
        const expected = Array.from({ length: Math.min(limit, revision - after) }, (_, i) => after + i + 1);
        expect(
          page.map((event) => event.revision),
          `${limit} after ${after}`,
        ).toEqual(expected);
      }
    }
  });

  it('reads while compacting', async () => {
    const [reader, worker] = [open(), open({ retention: { minAgeMs: 0, maxAgeMs: DAY, revisions: 30 } })];
    const id = freshId();
    await reader.create(newCluster(id));
    const states = await writeHistory(reader, id, 5);
    let working = true;
    const compacting = (async () => {
      for (let i = 0; i < 8; i++) {
        for (const [revision, state] of await writeHistory(worker, id, 4)) states.set(revision, state);
        await worker.compact(id, START + DAY / 2);
      }
      working = false;
    })();
    let [reads, compacted] = [0, 0];
    for (; working; reads++) {
      const loaded = (await reader.load(id)) as LoadedCluster;
      const revision = loaded.revision - (reads % 40);
      const [events, then] = [await reader.eventsAfter(id, Math.max(0, revision), 1000), await reader.at(id, Math.max(0, revision))];
      if (events === 'compacted' || then === 'compacted') compacted++;
      else if (typeof then === 'string') throw new Error(then);
      else if (states.has(then.revision) && revision > 0) expect(written(then)).toBe(states.get(then.revision));
      if (typeof events !== 'string') expect(events.map((event) => event.revision)).toEqual(events.map((_, i) => Math.max(0, revision) + i + 1));
    }
    await compacting;
    expect(reads).toBeGreaterThan(3);
    expect(compacted).toBeLessThan(reads);
  });
}
