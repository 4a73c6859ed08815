import { describe, expect, test } from 'vitest';
import { advised, caughtUp, freshMemory, type Memory, type Run } from './memory.ts';
import { type Behavior, normalize } from './normalize.ts';

const NOW = 1_000_000_000;
const ago = (seconds: number): number => NOW - seconds * 1000;
const run = (value: number, seconds: number): Run => ({ value, from: ago(seconds), to: ago(seconds) });

function verdict(
  current: number,
  desired: number,
  memory: Partial<Memory>,
  behavior?: Behavior,
): { replicas: number; able: string; limited: string; next: number | undefined } {
  let next: number | undefined;
  const horizon = (at: number): void => {
    next = Math.min(next ?? at, at);
  };
  const wanted = { current, desired, min: 2, max: 10, now: NOW, memory: { ...freshMemory('u', NOW), ...memory }, horizon };
  const { replicas, able, limited } = normalize(wanted, behavior);
  return { replicas, able: able.reason, limited: limited.reason, next: next === undefined ? undefined : (next - NOW) / 1000 };
}

describe('without a behaviour', () => {
  test.each([
    [4, 4, [], { replicas: 4, able: 'ReadyForNewScale', limited: 'DesiredWithinRange' }],
    [3, 9, [], { replicas: 6, able: 'ReadyForNewScale', limited: 'ScaleUpLimit' }],
    [2, 9, [], { replicas: 4, able: 'ReadyForNewScale', limited: 'ScaleUpLimit' }],
    [6, 20, [], { replicas: 10, able: 'ReadyForNewScale', limited: 'TooManyReplicas' }],
    [6, 1, [], { replicas: 2, able: 'ReadyForNewScale', limited: 'TooFewReplicas' }],
    [6, 3, [run(5, 299)], { replicas: 5, able: 'ScaleDownStabilized', limited: 'DesiredWithinRange', next: 1.001 }],
    [6, 3, [run(5, 301)], { replicas: 3, able: 'ReadyForNewScale', limited: 'DesiredWithinRange' }],
  ])('%i to %i after %j', (current, desired, runs, expected) => {
    expect(verdict(current, desired, { runs })).toEqual({ next: undefined, ...expected });
  });
});

describe('with a behaviour', () => {
  const pods = (value: number, periodSeconds: number) => ({ type: 'Pods' as const, value, periodSeconds });
  const percent = (value: number, periodSeconds: number) => ({ type: 'Percent' as const, value, periodSeconds });
  const rules = (up: object, down: object = {}): Behavior => ({
    scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [pods(4, 15), percent(100, 15)], ...up },
    scaleDown: { selectPolicy: 'Max', policies: [percent(100, 15)], ...down },
  });

  test.each<[string, number, number, Partial<Memory>, Behavior, object]>([
    ['the larger of two policies', 3, 10, {}, rules({}), { replicas: 7, limited: 'ScaleUpLimit' }],
    ['the smaller of two policies', 3, 10, {}, rules({ selectPolicy: 'Min' }), { replicas: 6, limited: 'ScaleUpLimit' }],
    ['no way up', 3, 10, {}, rules({ selectPolicy: 'Disabled' }), { replicas: 3, limited: 'ScaleUpLimit' }],
    [
      'what the period has seen counts',
      5,
      10,
      { ups: [{ change: 2, at: ago(10) }] },
      rules({ policies: [pods(3, 60)] }),
      { replicas: 6, limited: 'ScaleUpLimit', next: 50 },
    ],
    [
      'what is older does not',
      5,
      10,
      { ups: [{ change: 2, at: ago(60) }] },
      rules({ policies: [pods(3, 60)] }),
      { replicas: 8, limited: 'ScaleUpLimit' },
    ],
    ['down by percent', 10, 2, {}, rules({}, { policies: [percent(50, 60)] }), { replicas: 5, limited: 'ScaleDownLimit' }],
    [
      'down waits for five minutes by itself',
      10,
      4,
      { runs: [run(9, 100)] },
      rules({}),
      { replicas: 9, able: 'ScaleDownStabilized', limited: 'DesiredWithinRange', next: 200 },
    ],
    [
      'up waits where it is asked to',
      4,
      8,
      { runs: [run(5, 20)] },
      rules({ stabilizationWindowSeconds: 60 }),
      { replicas: 5, able: 'ScaleUpStabilized', limited: 'DesiredWithinRange', next: 40 },
    ],
  ])('%s', (_, current, desired, memory, behavior, expected) => {
    expect(verdict(current, desired, memory, behavior)).toEqual({ able: 'ReadyForNewScale', next: undefined, ...expected });
  });
});

test('recommendations in a row are one, and a rest counts as looking', () => {
  const runs = [3, 3, 5].reduce<Run[]>((all, value, i) => advised(all, value, NOW + i * 15_000), []);
  expect(runs.map(({ value, from, to }) => [value, from - NOW, to - NOW])).toEqual([
    [3, 0, 15_000],
    [5, 30_000, 30_000],
  ]);
  const memory = { ...freshMemory('u', NOW), runs, advised: true };
  expect(caughtUp(memory, NOW + 600_000, 15_000).at(-1)).toEqual({ value: 5, from: NOW + 30_000, to: NOW + 585_000 });
  expect(caughtUp({ ...memory, advised: false }, NOW + 600_000, 15_000)).toBe(runs);
});
