import { emptyState } from '@vivakube/engine/core';
import { expect, it } from 'vitest';
import { TEMPLATE_EPOCH, TEMPLATE_UID_PREFIX } from '../../src/rebase.ts';
import type { LoadedCluster } from '../../src/store.ts';
import { counter, counterKey, podKey, samplePod, write, written } from '../sample.ts';
import { DAY, freshId, newCluster, newFork, START, type Subject, stateOf, writeHistory } from './subject.ts';

/** Making clusters and writing to them. */
export function clusters({ open }: Subject): void {
  it('creates a cluster once', async () => {
    const store = open();
    const id = freshId();
    expect(await store.create(newCluster(id, { expiresAt: START + DAY }))).toBe('created');
    expect(await store.create(newCluster(id))).toBe('exists');
    expect(await store.row(id)).toMatchObject({
      id,
      owner: 'somebody',
      seq: 0,
      revision: 0,
      createdAt: START,
      expiresAt: START + DAY,
      wakeAt: null,
    });
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
      txn.put(podKey('a'), {
        ...pod,
        metadata: { ...pod.metadata, uid, creationTimestamp: '2001-01-01T00:00:00Z', annotations: { micro: '2001-01-01T00:00:03.000000Z' } },
      });
      txn.setTimer('kubelet', 'a', TEMPLATE_EPOCH + 13_000);
      txn.setRuntime(`kubelet/${uid}`, { startedAt: TEMPLATE_EPOCH + 1000, count: 12 });
    });
    const template = freshId();
    await store.putTemplate(template, state, START);
    expect([await store.useTemplate(template, START), await store.useTemplate(freshId(), START)]).toEqual([true, false]);
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
    await writeHistory(store, one, 3);
    const child = freshId();
    expect(await store.fork(one, 1, newFork(child, START + 5 * DAY))).toMatchObject({ seq: 0, revision: 1 });
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
}
