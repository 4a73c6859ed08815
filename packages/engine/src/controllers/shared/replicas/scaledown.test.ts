import { describe, expect, test } from 'vitest';
import { toRfc3339 } from '../../../core/instant.ts';
import type { Pod } from '../objects.ts';
import { DELETION_COST, deletionCost, logarithmicRank, podsToDelete } from './scaledown.ts';

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

interface Shape {
  node?: string;
  phase?: string;
  readySinceMs?: number;
  cost?: string;
  restarts?: number;
  sidecarRestarts?: number;
  ageMs?: number;
}

function pod(name: string, { node = 'n1', phase = 'Running', readySinceMs, cost, restarts = 0, sidecarRestarts = 0, ageMs = HOUR_MS }: Shape): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      creationTimestamp: toRfc3339(NOW - ageMs),
      ...(cost === undefined ? {} : { annotations: { [DELETION_COST]: cost } }),
    },
    spec: { containers: [], initContainers: [{ name: 'side', restartPolicy: 'Always' }], ...(node ? { nodeName: node } : {}) },
    status: {
      phase,
      conditions: readySinceMs === undefined ? [] : [{ type: 'Ready', status: 'True', lastTransitionTime: toRfc3339(NOW - readySinceMs) }],
      containerStatuses: [{ name: 'c', restartCount: restarts }],
      initContainerStatuses: [{ name: 'side', restartCount: sidecarRestarts }],
    },
  } as unknown as Pod;
}

const ready: Shape = { readySinceMs: HOUR_MS };

describe('which of two pods goes first', () => {
  test.each<[string, Shape, Shape]>([
    ['unassigned before assigned', { node: '', phase: 'Pending' }, { phase: 'Pending' }],
    ['pending before unknown', { phase: 'Pending' }, { phase: 'Unknown' }],
    ['unknown before running', { phase: 'Unknown' }, { phase: 'Running' }],
    ['not ready before ready, whatever it costs', { cost: '100' }, { ...ready, cost: '-100' }],
    ['cheaper before dearer', { ...ready, cost: '-1' }, ready],
    ['ready for a short time before ready for long', { readySinceMs: 1000 }, { readySinceMs: 100_000 }],
    ['more restarts before fewer', { ...ready, restarts: 3 }, { ...ready, restarts: 1 }],
    ['restarts of sidecars count where the others are equal', { ...ready, sidecarRestarts: 2 }, ready],
    ['younger before older', { ...ready, ageMs: HOUR_MS }, { ...ready, ageMs: 100 * HOUR_MS }],
  ])('%s', (_name, first, second) => {
    expect(podsToDelete([pod('x', second), pod('y', first)], [], 1, NOW).map((p) => p.metadata.name)).toEqual(['y']);
    expect(podsToDelete([pod('x', first), pod('y', second)], [], 1, NOW).map((p) => p.metadata.name)).toEqual(['x']);
  });

  test('pods on the node with more pods of the same Deployment go before the others', () => {
    const pods = [pod('a', { ...ready, node: 'n1' }), pod('b', { ...ready, node: 'n2' }), pod('c', { ...ready, node: 'n2' })];
    const names = (related: Pod[]) => podsToDelete(pods, related, 1, NOW).map((p) => p.metadata.name);
    expect(names(pods)).toEqual(['b']);
    expect(names([])).toEqual(['a']);
  });

  test('of about the same age the uid decides', () => {
    const pods = [pod('b', { readySinceMs: 20_000 }), pod('a', { readySinceMs: 21_000 })];
    expect(podsToDelete(pods, [], 1, NOW).map((p) => p.metadata.name)).toEqual(['a']);
  });

  test('all go where all are to go', () => {
    expect(podsToDelete([pod('a', ready), pod('b', ready)], [], 5, NOW)).toHaveLength(2);
  });
});

test.each([
  [NOW, -1],
  [NOW + 1, -1],
  [NOW - 1, 19],
  [NOW - 1000, 29],
  [NOW - 2000, 30],
])('logarithmicRank(%d) is %d', (at, rank) => expect(logarithmicRank(at, NOW)).toBe(rank));

test.each([
  ['5', 5],
  ['-100', -100],
  ['+5', 0],
  ['05', 0],
  ['x', 0],
  ['2147483648', 0],
])('a cost of %s counts as %d', (text, cost) => expect(deletionCost({ [DELETION_COST]: text })).toBe(cost));
