import { describe, expect, it } from 'vitest';
import { applyEvents, emptyList, errorIn, listed, lost, replaceAll, type WatchEvent } from './reducer.ts';

const pod = (name: string, version: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, uid: `uid-${name}`, resourceVersion: String(version) },
});
const event = (type: WatchEvent['type'], name: string, version: number): WatchEvent => ({ type, object: pod(name, version) });
const list = (version: number, ...items: ReturnType<typeof pod>[]) =>
  listed({ apiVersion: 'v1', kind: 'PodList', metadata: { name: '', resourceVersion: String(version) }, items });
const names = (state: { rows: ReadonlyMap<string, { metadata: { name: string } }> }) => [...state.rows.values()].map((row) => row.metadata.name);

describe('a list that follows a watch', () => {
  const live = replaceAll(emptyList, list(7, pod('a', 1), pod('b', 2)));
  it('starts from a list and folds what comes', () => {
    expect([live.phase, names(live), live.resourceVersion]).toEqual(['live', ['a', 'b'], '7']);
    const next = applyEvents(live, [event('ADDED', 'c', 8), event('DELETED', 'a', 9), event('MODIFIED', 'b', 10)]);
    expect([names(next), next.resourceVersion]).toEqual([['b', 'c'], '10']);
  });
  it('does not touch the state it came from', () => {
    applyEvents(live, [event('DELETED', 'a', 9)]);
    expect(names(live)).toEqual(['a', 'b']);
  });
  it('keeps rows on screen while the connection is lost, and drops what is gone when it starts over', () => {
    const away = lost(live, { kind: 'Status', code: 0, message: 'gone' });
    expect([away.phase, names(away)]).toEqual(['reconnecting', ['a', 'b']]);
    const back = replaceAll(away, list(12, pod('b', 2), pod('d', 11)));
    expect([back.phase, back.error, names(back)]).toEqual(['live', undefined, ['b', 'd']]);
    expect(back.rows.get('uid-b')).toBe(live.rows.get('uid-b'));
  });
  it('is still loading when the first list did not come', () => expect(lost(emptyList).phase).toBe('loading'));
  it('moves on with bookmarks and leaves the rows alone', () => {
    const next = applyEvents(live, [{ type: 'BOOKMARK', object: pod('', 44) }]);
    expect(next.resourceVersion).toBe('44');
    expect(next.rows).toBe(live.rows);
  });
  it('gives items of a list the kind that the list says', () => {
    const { rows } = listed({ apiVersion: 'v1', kind: 'PodList', metadata: { name: '' }, items: [{ metadata: { name: 'a' } } as never] });
    expect(rows[0]?.object).toMatchObject({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } });
  });
  it('reads Tables; an event may leave out the columns, a bookmark has a row without cells', () => {
    const table = (cells: unknown[], metadata: object, columns = true) => ({
      kind: 'Table' as const,
      metadata: { resourceVersion: '5' },
      columnDefinitions: columns ? [{ name: 'Name', type: 'string' }] : [],
      rows: [{ cells, object: { metadata: { name: '', ...metadata } } }],
    });
    const start = replaceAll(emptyList, listed(table(['a'], { name: 'a', uid: '1', resourceVersion: '3' })));
    const next = applyEvents(start, [
      { type: 'ADDED', object: table(['b'], { name: 'b', uid: '2', resourceVersion: '6' }, false) },
      { type: 'BOOKMARK', object: table([], { resourceVersion: '9' }) },
    ]);
    expect(next).toMatchObject({ resourceVersion: '9', columns: [{ name: 'Name' }] });
    expect([...next.rows.values()].map((row) => row.cells)).toEqual([['a'], ['b']]);
  });
  it('finds the error that ends a watch', () => {
    const gone: WatchEvent = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } };
    expect(errorIn([event('ADDED', 'a', 1), gone])?.code).toBe(410);
    expect(errorIn([event('ADDED', 'a', 1)])).toBeUndefined();
  });
});
