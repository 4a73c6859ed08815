import { expect, test } from 'vitest';
import { DESIRED_REPLICAS, MAX_REPLICAS } from './annotations.ts';
import { deployment, replicaSet } from './fixtures.ts';
import { isResized, rescale } from './proportion.ts';

const ten = { [DESIRED_REPLICAS]: '10', [MAX_REPLICAS]: '13' };
const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } };

const sized = (replicas: number, current: number, old: Record<string, number>) => {
  const sets = {
    current: replicaSet('new', { size: current, available: 0, bornAt: 9, annotations: ten }),
    old: Object.entries(old).map(([name, size], i) => replicaSet(name, { size, bornAt: i, annotations: ten })),
  };
  return rescale(deployment({ replicas, strategy }), sets).map(({ set, replicas: to }) => `${set.metadata.name}=${to}`);
};

test.each<[string, number, number, Record<string, number>, string[]]>([
  ["the documentation's example: 10 to 15 in the middle of a rollout", 15, 5, { old: 8 }, ['old=11', 'new=7']],
  ['down again', 5, 5, { old: 8 }, ['old=5', 'new=3']],
  ['to zero', 0, 5, { old: 8 }, ['old=0', 'new=0']],
  ['only one set has pods', 15, 0, { old: 10 }, ['old=15']],
  ['none has: the current one', 4, 0, { old: 0 }, ['new=4']],
  ['what is left over goes to the largest', 11, 4, { a: 4, b: 5 }, ['b=6', 'new=4', 'a=4']],
])('%s', (_name, replicas, current, old, wanted) => expect(sized(replicas, current, old)).toEqual(wanted));

test('a Deployment was resized when a set with pods says another number', () => {
  const sets = (size: number) => ({ current: replicaSet('new', { size, annotations: ten }), old: [] });
  expect(isResized(deployment({ replicas: 10 }), sets(10))).toBe(false);
  expect(isResized(deployment({ replicas: 11 }), sets(10))).toBe(true);
  expect(isResized(deployment({ replicas: 11 }), sets(0))).toBe(false);
});
