import { randomBytes } from 'node:crypto';
import { emptyState } from '@vivakube/engine/core';
import { describe, expect, it } from 'vitest';
import { clusterStore, type StoreOptions } from '../src/cluster-store.ts';
import { instanceStore } from '../src/instance.ts';
import { TEMPLATE_EPOCH, TEMPLATE_UID_PREFIX } from '../src/rebase.ts';
import type { Sql, SqlValue } from '../src/sql.ts';
import type { ClusterStore, LoadedCluster, NewCluster } from '../src/store.ts';
import { tokenStore } from '../src/tokens.ts';
import { counter, counterKey, podKey, sampleIndexer, samplePod, write, written } from './sample.ts';

const START = 1_767_225_600_000;
const SECOND = 1000;
const DAY = 24 * 3_600_000;

let serial = 0;
const freshId = (): string => `c-${process.pid}-${++serial}`;

const newCluster = (id: string, more: Partial<NewCluster> = {}): NewCluster => ({
  id,
  owner: 'somebody',
  name: id,
  seed: `seed of ${id}`,
  settings: { timing: 'realistic' },
  at: START,
  ...more,
});

const fork = (id: string, at = START): { id: string; owner: string; name: string; at: number } => ({ id, owner: 'somebody', name: id, at });

/** What every driver has to keep. `connect` gives an independent connection to the same database. */
export function contract(name: string, connect: () => Sql): void {
  const open = (options: Partial<StoreOptions> = {}, sql: Sql = connect()): ClusterStore => clusterStore(sql, { indexer: sampleIndexer, ...options });

  /** Commits `count` commits of `each` counters, and gives what the state was after each one by revision. */
  async function history(store: ClusterStore, id: string, count: number, each = 3, everyMs = SECOND): Promise<Map<number, string>> {
    const states = new Map<number, string>();
    let loaded = (await store.load(id)) as LoadedCluster;
    states.set(loaded.state.revision, written(loaded.state));
    for (let i = 0; i < count; i++) {
      const step = write(loaded.state, loaded.state.now + everyMs, (txn) => {
        for (let k = 0; k < each; k++) txn.put(counterKey(`n${(loaded.seq + k * 5) % 11}`), counter(`n${(loaded.seq + k * 5) % 11}`, loaded.seq * 10 + k));
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

  const stateOf = async (store: ClusterStore, id: string): Promise<string> => written(((await store.load(id)) as LoadedCluster).state);

  describe(`store on ${name}`, () => {
    it('creates a cluster once', async () => {
      const store = open();
      const id = freshId();
      expect(await store.create(newCluster(id, { expiresAt: START + DAY }))).toBe('created');
      expect(await store.create(newCluster(id))).toBe('exists');
      expect(await store.row(id)).toMatchObject({ id, owner: 'somebody', seq: 0, revision: 0, createdAt: START, expiresAt: START + DAY, wakeAt: null });
      const loaded = (await store.load(id)) as LoadedCluster;
      expect(written(loaded.state)).toBe(written(emptyState(`seed of ${id}`, START, { timing: 'realistic' })));
      expect(await store.load('nobody')).toBeUndefined();
      await expect(store.create(newCluster(freshId(), { template: 'nothing' }))).rejects.toThrow('there is no cluster template "nothing"');
    });

    it('keeps names, owners and ends', async () => {
      const store = open();
      const id = freshId();
      await store.create(newCluster(id, { owner: `owner of ${id}` }));
      expect(await store.update(id, { name: 'renamed', expiresAt: START + 1 })).toBe(true);
      expect((await store.list(`owner of ${id}`)).map((row) => row.name)).toEqual(['renamed']);
      expect(await store.count(`owner of ${id}`)).toBe(1);
      expect(await store.expired(START, 1000)).not.toContain(id);
      expect(await store.expired(START + 1, 1000)).toContain(id);
      expect(await store.update(id, { owner: 'claimed', expiresAt: null })).toBe(true);
      expect(await store.row(id)).toMatchObject({ owner: 'claimed', name: 'renamed', expiresAt: null });
      expect(await store.update('nobody', { name: 'x' })).toBe(false);
    });

    it('gives a template to each cluster as its own', async () => {
      const store = open();
      const uid = `${TEMPLATE_UID_PREFIX}000000000001`;
      const { state } = write(emptyState('template', TEMPLATE_EPOCH, { timing: 'instant' }), TEMPLATE_EPOCH + 3000, (txn) => {
        const pod = samplePod('a', 1);
        txn.put(podKey('a'), { ...pod, metadata: { ...pod.metadata, uid, creationTimestamp: '2001-01-01T00:00:00Z', annotations: { micro: '2001-01-01T00:00:03.000000Z' } } });
        txn.setTimer('kubelet', 'a', TEMPLATE_EPOCH + 13_000);
        txn.setRuntime(`kubelet/${uid}`, { startedAt: TEMPLATE_EPOCH + 1000, count: 12 });
      });
      const template = freshId();
      await store.putTemplate(template, state, START);
      expect(await store.hasTemplate(template)).toBe(true);
      const [one, two] = [freshId(), freshId()];
      await store.create(newCluster(one, { template, at: START }));
      await store.create(newCluster(two, { template, at: START + DAY }));
      const loaded = (await store.load(one)) as LoadedCluster;
      expect(loaded).toMatchObject({ revision: 1, floorRevision: 1 });
      expect(loaded.state).toMatchObject({ now: START, seed: `seed of ${one}`, settings: { timing: 'realistic' } });
      const pod = loaded.state.objects.get(podKey('a'))?.object;
      expect(pod?.metadata.creationTimestamp).toBe('2025-12-31T23:59:57Z');
      expect(pod?.metadata.annotations?.micro).toBe('2026-01-01T00:00:00.000000Z');
      expect(pod?.metadata.uid).toMatch(/^(?!00000000)[0-9a-f-]{24}000000000001$/);
      expect([...loaded.state.timers.values()]).toEqual([{ controller: 'kubelet', key: 'a', due: START + 10_000 }]);
      expect([...loaded.state.runtime.entries()]).toEqual([[`kubelet/${pod?.metadata.uid}`, { startedAt: START - 2000, count: 12 }]]);
      expect([...loaded.state.index.values('core/pods|node|worker-1|')]).toEqual([podKey('a')]);
      const other = ((await store.load(two)) as LoadedCluster).state.objects.get(podKey('a'))?.object;
      expect(other?.metadata.uid).not.toBe(pod?.metadata.uid);
      expect(other?.metadata.creationTimestamp).toBe('2026-01-01T23:59:57Z');
      await history(store, one, 3);
      const child = freshId();
      expect(await store.fork(one, 1, fork(child, START + 5 * DAY))).toMatchObject({ seq: 0, revision: 1 });
      expect(await stateOf(store, child)).toBe(written(loaded.state));
    });

    it('commits against the commit it is based on, or not at all', async () => {
      const [a, b] = [open(), open()];
      const id = freshId();
      await a.create(newCluster(id));
      const { state } = (await a.load(id)) as LoadedCluster;
      const first = write(state, START, (txn) => txn.put(counterKey('x'), counter('x', 1)));
      expect(await a.commit(id, 0, first.delta, START + 9)).toBe('committed');
      expect(await b.commit(id, 0, write(state, START, (txn) => txn.put(counterKey('x'), counter('x', 2))).delta, null)).toBe('conflict');
      expect(await b.row(id)).toMatchObject({ seq: 1, revision: 1, wakeAt: START + 9, tailCount: 1 });
      expect(await stateOf(b, id)).toBe(written(first.state));
      expect(await b.commit('nobody', 0, first.delta, null)).toBe('gone');
      const timersOnly = write(first.state, START + 1, (txn) => txn.setTimer('c', 'k', START + 77));
      expect(await b.commit(id, 1, timersOnly.delta, null)).toBe('committed');
      expect(await a.head(id)).toEqual({ seq: 2, revision: 1 });
      expect(await a.heads([id, 'nobody'])).toEqual(new Map([[id, { seq: 2, revision: 1 }]]));
      expect(await stateOf(a, id)).toBe(written(timersOnly.state));
      await expect(a.commit(id, 2, first.delta, null)).rejects.toThrow('does not fit');
    });

    it('loses no update of two writers', async () => {
      const id = freshId();
      await open().create(newCluster(id));
      const adder = async (): Promise<void> => {
        const store = open();
        for (let done = 0; done < 15; ) {
          const { state, seq } = (await store.load(id)) as LoadedCluster;
          const value = Number(state.objects.get(counterKey('sum'))?.object.data.value ?? 0);
          const step = write(state, START, (txn) => txn.put(counterKey('sum'), counter('sum', value + 1)));
          if ((await store.commit(id, seq, step.delta, null)) === 'committed') done++;
        }
      };
      await Promise.all([adder(), adder(), adder()]);
      const { state, seq } = (await open().load(id)) as LoadedCluster;
      expect(state.objects.get(counterKey('sum'))?.object.data.value).toBe('45');
      expect(seq).toBe(45);
    });

    it('reads every revision as it was, before and after compaction', async () => {
      const store = open();
      const id = freshId();
      await store.create(newCluster(id));
      const states = await history(store, id, 8);
      await store.compact(id, START + 20 * SECOND);
      for (const [revision, state] of await history(store, id, 8)) states.set(revision, state);
      await store.compact(id, START + 40 * SECOND);
      for (const [revision, state] of await history(store, id, 4)) states.set(revision, state);
      for (const [revision, state] of states) expect(written((await store.at(id, revision)) as LoadedCluster['state']), `revision ${revision}`).toBe(state);
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
      await history(store, id, 10, 3);
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
      const early = await history(store, id, 6);
      await store.compact(id, START + 6 * SECOND);
      expect((await store.row(id))?.floorRevision).toBe(0);
      const later = await history(store, id, 12);
      const now = START + 30 * SECOND;
      await store.compact(id, now);
      const row = (await store.row(id)) as { floorRevision: number; revision: number; seq: number };
      expect(row.floorRevision).toBeGreaterThan(1);
      expect(await store.eventsAfter(id, row.floorRevision - 1, 10)).toBe('compacted');
      expect(await store.at(id, 1)).toBe('compacted');
      expect(await store.commitsAfter(id, 1, 10)).toBe('compacted');
      expect(await store.fork(id, 1, fork(freshId()))).toBe('compacted');
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

    it('reads while compacting', async () => {
      const [reader, worker] = [open(), open({ retention: { minAgeMs: 0, maxAgeMs: DAY, revisions: 30 } })];
      const id = freshId();
      await reader.create(newCluster(id));
      const states = await history(reader, id, 5);
      let working = true;
      const compacting = (async () => {
        for (let i = 0; i < 8; i++) {
          for (const [revision, state] of await history(worker, id, 4)) states.set(revision, state);
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
        if (typeof events !== 'string') events.forEach((event, i) => expect(event.revision).toBe(Math.max(0, revision) + i + 1));
      }
      await compacting;
      expect(reads).toBeGreaterThan(3);
      expect(compacted).toBeLessThan(reads);
    });

    it('forks into independent clusters that outlive their parent', async () => {
      const store = open({ retention: { minAgeMs: 0, maxAgeMs: 10 * SECOND, revisions: 1_000_000 } });
      const id = freshId();
      await store.create(newCluster(id));
      const past = await history(store, id, 5);
      await store.compact(id, START + 5 * SECOND);
      for (const [revision, state] of await history(store, id, 5)) past.set(revision, state);
      const revisions = [...past.keys()];
      const middle = revisions[3] as number;
      const [atHead, atMiddle, inside] = [freshId(), freshId(), freshId()];
      expect(await store.fork(id, undefined, fork(atHead))).toEqual({ id: atHead, seq: 10, revision: revisions.at(-1) });
      expect(await store.fork(id, middle, fork(atMiddle))).toEqual({ id: atMiddle, seq: 3, revision: middle });
      expect(await store.fork(id, middle - 1, fork(inside))).toEqual({ id: inside, seq: 3, revision: middle });
      expect(await store.fork(id, undefined, fork(atHead))).toBe('exists');
      expect(await store.fork('nobody', undefined, fork(freshId()))).toBe('gone');
      expect(await store.fork(id, 10_000, fork(freshId()))).toBe('ahead');
      expect(await store.row(atMiddle)).toMatchObject({ parentId: id, parentRevision: middle, seed: `seed of ${id}`, tailCount: 3 });
      expect(await stateOf(store, atHead)).toBe(past.get(revisions.at(-1) as number));
      expect(await stateOf(store, atMiddle)).toBe(past.get(middle));

      const parentNow = await stateOf(store, id);
      const own = await history(store, atMiddle, 4);
      expect(await stateOf(store, id)).toBe(parentNow);
      const grandchild = freshId();
      const point = [...own.keys()][2] as number;
      expect(await store.fork(atMiddle, point, fork(grandchild))).toMatchObject({ seq: 5 });
      expect(await stateOf(store, grandchild)).toBe(own.get(point));

      expect(await store.delete(id, START)).toBe(true);
      expect(await store.delete(id, START)).toBe(false);
      expect(await store.load(id)).toBeUndefined();
      expect(await store.create(newCluster(id))).toBe('exists');
      await store.gc(START + DAY);
      expect(await stateOf(store, grandchild)).toBe(own.get(point));
      for (const revision of [1, 2, 3].map((i) => revisions[i] as number)) {
        expect(written((await store.at(grandchild, revision)) as LoadedCluster['state'])).toBe(past.get(revision));
      }
      expect(await stateOf(store, atHead)).toBe(parentNow);
      await store.delete(atMiddle, START);
      expect(await stateOf(store, grandchild)).toBe(own.get(point));
      await store.compact(grandchild, START + 2 * DAY);
      expect(await stateOf(store, grandchild)).toBe(own.get(point));
      for (const left of [grandchild, atHead, inside]) await store.delete(left, START);
      await store.gc(START + 3 * DAY);
      const rest = await connect().query(
        `select cluster_id from commits where cluster_id = $1 union all select cluster_id from snapshots where cluster_id = $1
         union all select cluster_id from deleted_clusters where cluster_id = $1 union all select ancestor_id from ancestry where ancestor_id = $1`,
        [id],
      );
      expect(rest).toEqual([]);
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
      await store.fork(id, undefined, fork(child));
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
        await history(store, id, 2);
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

    it('hands each due cluster to one claimer, and again when the claim has passed', async () => {
      const [a, b] = [open(), open()];
      const ids = Array.from({ length: 10 }, freshId);
      const moment = 5000 + serial;
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

    it('is in the old state or the new one whatever statement fails', async () => {
      const control = open();
      const retention = { minAgeMs: 0, maxAgeMs: 2 * SECOND, revisions: 1_000_000 };
      const at = START + 60 * SECOND;
      const operations: [string, (store: ClusterStore, id: string) => Promise<unknown>, boolean][] = [
        ['compact', (store, id) => store.compact(id, at), true],
        ['fork', (store, id) => store.fork(id, undefined, fork(`${id}-fork`)), true],
        ['commit', async (store, id) => {
          const { state, seq } = (await control.load(id)) as LoadedCluster;
          return store.commit(id, seq, write(state, at, (txn) => txn.put(counterKey('new'), counter('new', 1))).delta, null);
        }, false],
        ['delete', (store, id) => store.delete(id, at), false],
        ['gc', (store) => store.gc(at), true],
      ];
      for (const [label, operation, same] of operations) {
        for (let k = 0, done = false; !done; k++) {
          const id = freshId();
          await control.create(newCluster(id));
          await history(control, id, 3);
          await open({ retention }).compact(id, START + 3 * SECOND);
          const states = await history(control, id, 3);
          const old = [...states.values()].at(-1) as string;
          const failing = open({ retention }, failAt(connect(), k));
          done = await operation(failing, id).then(() => true, (error: Error) => error.message !== 'injected failure' && Promise.reject(error));
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

    it('knows the holder of a token until it expires or is revoked', async () => {
      const tokens = tokenStore(connect());
      const [id, other] = [freshId(), freshId()];
      const issued = await tokens.issue(id, { userName: 'jane', groups: ['dev', 'system:masters'], at: START, expiresAt: START + 10 });
      const lasting = await tokens.issue(id, { userName: 'joe', groups: [], at: START + 1 });
      expect(await tokens.find(id, issued.token, START + 9)).toEqual({
        id: issued.id, clusterId: id, userName: 'jane', groups: ['dev', 'system:masters'], createdAt: START, expiresAt: START + 10,
      });
      expect(await tokens.find(other, issued.token, START)).toBeUndefined();
      expect(await tokens.find(id, `${issued.token}x`, START)).toBeUndefined();
      expect(await tokens.find(id, issued.token, START + 10)).toBeUndefined();
      expect((await tokens.list(id, START)).map((holder) => holder.userName)).toEqual(['jane', 'joe']);
      expect(await tokens.revoke(id, lasting.id, START + 2)).toBe(true);
      expect(await tokens.revoke(id, lasting.id, START + 2)).toBe(false);
      expect(await tokens.find(id, lasting.token, START + 3)).toBeUndefined();
      const rows = await connect().query<{ row: string }>('select tokens::text as row from tokens where cluster_id = $1', [id]);
      expect(rows.some(({ row }) => row.includes(issued.token))).toBe(false);
    });

    it('makes an instance secret once', async () => {
      const [a, b] = [instanceStore(connect()), instanceStore(connect())];
      const name = freshId();
      const found = await Promise.all([a.secret(name, () => 'one', START), b.secret(name, async () => 'two', START)]);
      expect(found[0]).toBe(found[1]);
      expect(await a.secret(name, () => 'three', START)).toBe(found[0]);
      expect(await a.setting(name)).toBeUndefined();
      await a.setSetting(name, { quota: 3, list: ['"quoted"'] });
      await a.setSetting(name, { quota: 4, list: ['"quoted"'] });
      expect(await b.setting(name)).toEqual({ quota: 4, list: ['"quoted"'] });
    });
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
