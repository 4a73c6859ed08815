import { expect, test } from 'vitest';
import { DESIRED_REPLICAS, MAX_REPLICAS, newSetAnnotations, REVISION, REVISION_HISTORY } from './annotations.ts';
import { deployment, replicaSet } from './fixtures.ts';

const parent = deployment(
  {},
  {},
  { annotations: { [REVISION]: '7', 'kubernetes.io/change-cause': 'why', 'kubectl.kubernetes.io/last-applied-configuration': '{}' } },
);
const known = (annotations: Record<string, string>) => replicaSet('rs', { size: 1, annotations });

test('a new set gets its revision, its sizes and what is copied', () => {
  expect(newSetAnnotations(parent, undefined, 2)).toEqual({
    'kubernetes.io/change-cause': 'why',
    [REVISION]: '2',
    [DESIRED_REPLICAS]: '3',
    [MAX_REPLICAS]: '4',
  });
});

test.each([
  ['renumbered', { [REVISION]: '1' }, 4, { [REVISION]: '4', [REVISION_HISTORY]: '1' }],
  ['renumbered again', { [REVISION]: '4', [REVISION_HISTORY]: '1' }, 6, { [REVISION]: '6', [REVISION_HISTORY]: '1,4' }],
  ['already the latest', { [REVISION]: '5' }, 5, { [REVISION]: '5' }],
  ['never numbered', {}, 1, { [REVISION]: '1' }],
  ['numbered by someone else', { [REVISION]: 'x' }, 2, { [REVISION]: 'x' }],
  ['numbered beyond all numbers', { [REVISION]: '9'.repeat(40) }, 2, { [REVISION]: '9'.repeat(40) }],
])('a known set, %s', (_name, before, revision, after) => {
  expect(newSetAnnotations(parent, known(before), revision)).toEqual({ 'kubernetes.io/change-cause': 'why', ...after });
});

test('history forgets its oldest revisions beyond 2000 characters', () => {
  const history = Array.from({ length: 400 }, (_, i) => String(1000 + i)).join(',');
  const after = newSetAnnotations(parent, known({ [REVISION]: '1400', [REVISION_HISTORY]: history }), 1500)[REVISION_HISTORY] as string;
  expect(after.length).toBeLessThanOrEqual(2000);
  expect(after.startsWith('1001,')).toBe(true);
  expect(after.endsWith(',1399,1400')).toBe(true);
});
