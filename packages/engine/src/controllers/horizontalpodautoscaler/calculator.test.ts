import { describe, expect, test } from 'vitest';
import { toRfc3339 } from '../../core/instant.ts';
import type { Pod } from '../shared/objects.ts';
import { averageReplicas, type Samples, type Survey, shareReplicas, totalReplicas, utilizationReplicas } from './calculator.ts';

const NOW = 1_000_000_000;

/** `r` is ready, `u` unready, `p` pending, `f` failed; all of them request 100m. */
const pods = (kinds: string): Pod[] =>
  [...kinds].map((kind, i) => {
    const time = toRfc3339(NOW - 100_000);
    const phase = kind === 'p' ? 'Pending' : kind === 'f' ? 'Failed' : 'Running';
    const conditions = [{ type: 'Ready', status: kind === 'r' ? 'True' : 'False', lastTransitionTime: time }];
    return {
      metadata: { name: `p${i}`, namespace: 'd', uid: `${i}` },
      spec: { containers: [{ name: 'c', resources: { requests: { cpu: '100m' } } }] },
      status: { phase, startTime: time, conditions },
    } as unknown as Pod;
  });

const samples = (...values: (number | undefined)[]): Samples =>
  new Map(values.flatMap((value, i) => (value === undefined ? [] : [[`p${i}`, { value, at: NOW, windowMs: 15_000 }]])));

const survey = (kinds: string): Survey => ({ pods: pods(kinds), now: NOW, tolerance: { up: 0.1, down: 0.1 }, horizon: () => {} });

describe('replicas by utilisation, 50 percent wanted', () => {
  test.each<[string, (number | undefined)[], number]>([
    ['rr', [50, 50], 2],
    ['rr', [54, 54], 2],
    ['rr', [90, 90], 4],
    ['rrrr', [10, 10, 10, 10], 1],
    // Without figures a pod counts as idle where it goes up, and as busy where it goes down.
    ['rrr', [90, 90, undefined], 4],
    ['rrrr', [10, 10, 10, undefined], 3],
    // Unready pods hold back what goes up, and do not count where it goes down.
    ['rru', [100, 100, 100], 4],
    ['rrp', [60, 60, undefined], 3],
    ['rrf', [100, 100, 100], 4],
  ])('%s using %j', (kinds, values, expected) => {
    expect(utilizationReplicas(survey(kinds), samples(...values), kinds.length, 50, 'cpu', '').replicas).toBe(expected);
  });

  test.each<[string, () => unknown, string]>([
    [
      'nothing ready',
      () => utilizationReplicas(survey('u'), samples(50), 1, 50, 'cpu', ''),
      'did not receive metrics for targeted pods (pods might be unready)',
    ],
    [
      'nothing there',
      () => utilizationReplicas(survey(''), samples(50), 1, 50, 'cpu', ''),
      'no pods returned by selector while calculating replica count',
    ],
    ['no request', () => utilizationReplicas(survey('r'), samples(50), 1, 50, 'memory', ''), 'missing request for memory in container c of Pod p0'],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(message);
  });
});

test('an amount for each pod, one figure for all, and a share of one figure', () => {
  expect(averageReplicas(survey('rr'), samples(30_000, 30_000), 2, 10_000, '')).toEqual({ replicas: 6, average: 30_000 });
  expect(totalReplicas(survey('rr'), 2, 1.5)).toBe(3);
  expect(totalReplicas(survey(''), 0, 2.2)).toBe(3);
  expect(shareReplicas(survey('rr'), 2, 35_000, 10_000)).toEqual({ replicas: 4, average: 17_500 });
});
