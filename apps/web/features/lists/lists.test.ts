import { describe, expect, it } from 'vitest';
import type { Row } from '#kube/reducer.ts';
import { columnsOf, filterRows, sortRows } from './columns.ts';
import { toneOfFraction, toneOfWord } from './tone.ts';

const defined = [
  { name: 'Name', type: 'string', format: 'name' },
  { name: 'Ready', type: 'string' },
  { name: 'Restarts', type: 'integer' },
  { name: 'Age', type: 'string' },
  { name: 'Node', type: 'string', priority: 1 },
];
const row = (name: string, restarts: number, created: string, labels = {}): Row => ({
  uid: name,
  metadata: { name, namespace: 'default', creationTimestamp: created, labels },
  cells: [name, '1/1', restarts, '5s', 'node-1'],
});
const rows = [row('web-10', 2, '2026-01-03'), row('web-9', 10, '2026-01-02', { app: 'web' }), row('api', 0, '2026-01-01')];
const columns = columnsOf(defined, { namespace: true, wide: false });
const names = (sorted: Row[]) => sorted.map(({ metadata }) => metadata.name);

it('leads from the first column to the object, whatever it is called', () => {
  expect(columnsOf([{ name: 'Last Seen', type: 'string' }], { namespace: false, wide: false })).toMatchObject([{ kind: 'name' }]);
});

it('shows the namespace after the name, and wide columns when asked', () => {
  expect(columns.map(({ id, kind }) => [id, kind])).toEqual([
    ['name', 'name'],
    ['namespace', 'text'],
    ['ready', 'fraction'],
    ['restarts', 'number'],
    ['age', 'age'],
  ]);
  expect(columnsOf(defined, { namespace: false, wide: true }).map(({ id }) => id)).toEqual(['name', 'ready', 'restarts', 'age', 'node']);
});

describe('sortRows', () => {
  it.each([
    [undefined, ['api', 'web-9', 'web-10']],
    [{ column: 'restarts', descending: false }, ['api', 'web-10', 'web-9']],
    [{ column: 'restarts', descending: true }, ['web-9', 'web-10', 'api']],
    [{ column: 'age', descending: false }, ['web-10', 'web-9', 'api']],
    [{ column: 'nosuch', descending: false }, ['api', 'web-9', 'web-10']],
  ])('%j', (sort, expected) => expect(names(sortRows(rows, columns, sort))).toEqual(expected));
});

describe('filterRows', () => {
  it.each([
    ['', 3],
    ['web', 2],
    ['WEB 10', 2],
    ['app=web', 1],
    ['app=w', 1],
    ['app=x', 0],
    ['zzz', 0],
  ])('%j finds %i', (text, count) => expect(filterRows(rows, columns, text)).toHaveLength(count));
});

describe('tones', () => {
  it.each([
    ['Running', 'ok'],
    ['Pending', 'progress'],
    ['CrashLoopBackOff', 'bad'],
    ['Init:ErrImagePull', 'bad'],
    ['Init:0/2', 'progress'],
    ['Ready', 'ok'],
    ['Ready,SchedulingDisabled', 'warn'],
    ['NotReady', 'bad'],
    ['Completed', 'idle'],
    ['SomethingError', 'bad'],
    ['whatever', 'idle'],
  ])('%s is %s', (word, tone) => expect(toneOfWord(word)).toBe(tone));
  it.each([
    ['3/3', 'ok'],
    ['0/3', 'warn'],
    ['1/3', 'progress'],
    ['0/0', 'idle'],
    ['x', undefined],
  ])('%s', (text, tone) => expect(toneOfFraction(text)).toBe(tone));
});
