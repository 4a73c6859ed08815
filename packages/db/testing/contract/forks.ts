import { expect, it } from 'vitest';
import type { LoadedCluster } from '../../src/store.ts';
import { written } from '../sample.ts';
import { DAY, freshId, newCluster, newFork, SECOND, START, type Subject, stateOf, writeHistory } from './subject.ts';

/** Forks. */
export function forks({ connect, open }: Subject): void {
  it('forks into independent clusters that outlive their parent', async () => {
    const store = open({ retention: { minAgeMs: 0, maxAgeMs: 10 * SECOND, revisions: 1_000_000 } });
    const id = freshId();
    await store.create(newCluster(id));
    const past = await writeHistory(store, id, 5);
    await store.compact(id, START + 5 * SECOND);
    for (const [revision, state] of await writeHistory(store, id, 5)) past.set(revision, state);
    const revisions = [...past.keys()];
    const middle = revisions[3] as number;
    const [atHead, atMiddle, inside] = [freshId(), freshId(), freshId()];
    expect(await store.fork(id, undefined, newFork(atHead))).toEqual({ id: atHead, seq: 10, revision: revisions.at(-1) });
    expect(await store.fork(id, middle, newFork(atMiddle))).toEqual({ id: atMiddle, seq: 3, revision: middle });
    expect(await store.fork(id, middle - 1, newFork(inside))).toEqual({ id: inside, seq: 3, revision: middle });
    expect(await store.fork(id, undefined, newFork(atHead))).toBe('exists');
    expect(await store.fork('nobody', undefined, newFork(freshId()))).toBe('gone');
    expect(await store.fork(id, 10_000, newFork(freshId()))).toBe('ahead');
    expect(await store.row(atMiddle)).toMatchObject({ parentId: id, parentRevision: middle, seed: `seed of ${id}`, tailCount: 3 });
    expect(await stateOf(store, atHead)).toBe(past.get(revisions.at(-1) as number));
    expect(await stateOf(store, atMiddle)).toBe(past.get(middle));

    const parentNow = await stateOf(store, id);
    const own = await writeHistory(store, atMiddle, 4);
    expect(await stateOf(store, id)).toBe(parentNow);
    const grandchild = freshId();
    const point = [...own.keys()][2] as number;
    expect(await store.fork(atMiddle, point, newFork(grandchild))).toMatchObject({ seq: 5 });
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
}
