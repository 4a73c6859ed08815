import { describe, expect, it } from 'vitest';
import { applyEvents, beginSync, emptyList, endSync, errorIn, lost, type WatchEvent } from './reducer.ts';

const pod = (name: string, resourceVersion: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, uid: `uid-${name}`, resourceVersion: String(resourceVersion) },
});
const event = (type: WatchEvent['type'], name: string, version: number): WatchEvent => ({ type, object: pod(name, version) });
const end = (version: number): WatchEvent => ({
  type: 'BOOKMARK',
  object: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: '', resourceVersion: String(version), annotations: { 'k8s.io/initial-events-end': 'true' } },
  },
});
const names = (state: { rows: ReadonlyMap<string, { metadata: { name: string } }> }) => [...state.rows.values()].map((row) => row.metadata.name);

describe('a list that follows a watch', () => {
  it('shows nothing until the initial events are complete, then changes as they come', () => {
    let state = applyEvents(beginSync(emptyList), [event('ADDED', 'a', 1), event('ADDED', 'b', 2)]);
    expect([state.phase, names(state)]).toEqual(['loading', []]);
    state = applyEvents(state, [end(7), event('ADDED', 'c', 8), event('DELETED', 'a', 9)]);
    expect([state.phase, names(state), state.resourceVersion]).toEqual(['live', ['b', 'c'], '9']);
  });
  it('keeps rows on screen while it starts over, and drops what is gone', () => {
    const live = applyEvents(beginSync(emptyList), [event('ADDED', 'a', 1), event('ADDED', 'b', 2), end(2)]);
    let state = applyEvents(beginSync(lost(live)), [event('ADDED', 'b', 2), event('ADDED', 'd', 5)]);
    expect([state.phase, names(state)]).toEqual(['reconnecting', ['a', 'b']]);
    state = applyEvents(state, [end(6)]);
    expect([state.phase, names(state)]).toEqual(['live', ['b', 'd']]);
    expect(state.rows.get('uid-b')).toBe(live.rows.get('uid-b'));
  });
  it('does not touch the state it came from', () => {
    const live = endSync(applyEvents(beginSync(emptyList), [event('ADDED', 'a', 1)]), '1');
    applyEvents(live, [event('DELETED', 'a', 2)]);
    expect(names(live)).toEqual(['a']);
  });
  it('moves on with bookmarks', () => {
    const live = endSync(emptyList, '1');
    const bookmark: WatchEvent = { type: 'BOOKMARK', object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: '', resourceVersion: '44' } } };
    expect(applyEvents(live, [bookmark])).toMatchObject({ resourceVersion: '44', phase: 'live' });
  });
  it('reads Tables: columns from the first, rows from each, the end from the row', () => {
    const table = (type: WatchEvent['type'], cells: unknown[], metadata: object, columns = true): WatchEvent => ({
      type,
      object: {
        kind: 'Table',
        columnDefinitions: columns ? [{ name: 'Name', type: 'string' }] : [],
        rows: [{ cells, object: { metadata: { name: '', ...metadata } } }],
      },
    });
    const state = applyEvents(beginSync(emptyList), [
      table('ADDED', ['a'], { name: 'a', uid: '1', resourceVersion: '3' }),
      table('BOOKMARK', [], { resourceVersion: '5', annotations: { 'k8s.io/initial-events-end': 'true' } }, false),
    ]);
    expect(state).toMatchObject({ phase: 'live', resourceVersion: '5', columns: [{ name: 'Name' }] });
    expect(state.rows.get('1')?.cells).toEqual(['a']);
  });
  it('finds the error that ends a watch', () => {
    const gone: WatchEvent = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } };
    expect(errorIn([event('ADDED', 'a', 1), gone])?.code).toBe(410);
    expect(errorIn([event('ADDED', 'a', 1)])).toBeUndefined();
  });
});
