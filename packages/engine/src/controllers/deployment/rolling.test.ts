import { describe, expect, test } from 'vitest';
import { deployment, replicaSet, type SetShape } from './fixtures.ts';
import { resizeCurrent, shrinkOld } from './rolling.ts';
import type { Resize } from './sets.ts';

const shown = (resizes: readonly Resize[]): string[] => resizes.map(({ set, replicas }) => `${set.metadata.name}=${replicas}`);

const strategy = (maxSurge: number | string, maxUnavailable: number | string) => ({
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge, maxUnavailable },
});

describe('how far the current set grows', () => {
  test.each<[string, number, number, number, string[]]>([
    ['up to the surge', 3, 3, 0, ['new=1']],
    ['as old pods make room', 3, 2, 1, ['new=2']],
    ['not beyond what is desired', 3, 0, 2, ['new=3']],
    ['not while there is no room', 3, 3, 1, []],
    ['down to what is desired', 3, 0, 5, ['new=3']],
    ['not when it is there', 3, 0, 3, []],
  ])('%s', (_name, replicas, old, size, wanted) => {
    const sets = { current: replicaSet('new', { size }), old: [replicaSet('old', { size: old })] };
    const resize = resizeCurrent(deployment({ replicas, strategy: strategy(1, 0) }), sets);
    expect(shown(resize ? [resize] : [])).toEqual(wanted);
  });
});

describe('how far old sets shrink', () => {
  test.each<[string, object, SetShape, Record<string, SetShape>, string[]]>([
    ['not below what must be available', strategy(1, 0), { size: 1, available: 0 }, { a: { size: 3 } }, []],
    ['by what the current set made available', strategy(1, 0), { size: 1 }, { a: { size: 3 } }, ['a=2']],
    ['by what may be unavailable', strategy(0, 2), { size: 0 }, { a: { size: 3 } }, ['a=1']],
    ['what is unhealthy first, once as such and then for the rest', strategy(0, 1), { size: 0 }, { a: { size: 3, available: 1 } }, ['a=2']],
    ['the oldest set first', strategy(1, 1), { size: 1 }, { b: { size: 1, bornAt: 2 }, a: { size: 2, bornAt: 1 } }, ['a=0']],
    ['not by figures of pods that are about to go', strategy(0, 2), { size: 1, available: 0 }, { a: { size: 2, available: 7 } }, ['a=1']],
    ['over several sets', strategy(3, 3), { size: 3 }, { a: { size: 1, bornAt: 1 }, b: { size: 2, bornAt: 2 } }, ['a=0', 'b=0']],
    ['not what is gone already', strategy(1, 1), { size: 3 }, { a: { size: 0 } }, []],
  ])('%s', (_name, rolling, current, old, wanted) => {
    const sets = { current: replicaSet('new', current), old: Object.entries(old).map(([name, shape]) => replicaSet(name, shape)) };
    expect(shown(shrinkOld(deployment({ strategy: rolling }), sets))).toEqual(wanted);
  });
});
