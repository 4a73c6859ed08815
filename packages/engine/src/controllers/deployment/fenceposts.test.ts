import { expect, test } from 'vitest';
import { fenceposts, maxUnavailable } from './fenceposts.ts';
import { deployment } from './fixtures.ts';

const rolling = (replicas: number, maxSurge: number | string, maxUnavailable: number | string) =>
  deployment({ replicas, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } });

test.each([
  [3, '25%', '25%', 1, 0],
  [10, '25%', '25%', 3, 2],
  [4, '25%', '25%', 1, 1],
  [10, 2, 3, 2, 3],
  [10, 0, 0, 0, 1],
  [1, '0%', '10%', 0, 1],
  [0, '25%', '25%', 0, 1],
])('%d replicas, surge %s, unavailable %s', (replicas, surge, unavailable, atMost, atLeast) => {
  expect(fenceposts(rolling(replicas, surge, unavailable))).toEqual({ surge: atMost, unavailable: atLeast });
});

test('no more can be unavailable than there are', () => {
  expect(maxUnavailable(rolling(2, 0, 5))).toBe(2);
  expect(maxUnavailable(deployment({ strategy: { type: 'Recreate' } }))).toBe(0);
});
