import { expect, test } from 'vitest';
import { REVISION } from './annotations.ts';
import { deployment, replicaSet } from './fixtures.ts';
import { beyondHistory } from './history.ts';

const old = (name: string, revision: number, size = 0) => replicaSet(name, { size, annotations: { [REVISION]: String(revision) } });
const pruned = (revisionHistoryLimit: number, ...sets: ReturnType<typeof old>[]) =>
  beyondHistory(deployment({ revisionHistoryLimit }), sets).map((set) => set.metadata.name);

test('the lowest revisions go', () => {
  expect(pruned(1, old('c', 3), old('a', 1), old('b', 2))).toEqual(['a', 'b']);
  expect(pruned(3, old('c', 3), old('a', 1), old('b', 2))).toEqual([]);
  expect(pruned(0, old('a', 1))).toEqual(['a']);
});

test('a set with pods stays and still counts', () => {
  expect(pruned(1, old('c', 3), old('a', 1, 2), old('b', 2))).toEqual(['b']);
});
