import { expect, test } from 'vitest';
import { toRfc3339 } from '../../../core/instant.ts';
import type { Pod } from '../objects.ts';
import { replicaOf } from './controlled.ts';
import { type ReplicaFigures, replicaStatus } from './status.ts';

const NOW = 1_800_000_000_000;

const pod = (labels: Record<string, string>, readySinceMs?: number): Pod =>
  ({
    metadata: { labels },
    status: { conditions: readySinceMs === undefined ? [] : [{ type: 'Ready', status: 'True', lastTransitionTime: toRfc3339(NOW - readySinceMs) }] },
  }) as unknown as Pod;

const replica = (labels: Record<string, string>, readySinceMs?: number) => replicaOf(pod(labels, readySinceMs));

const figures = (over: Partial<ReplicaFigures>): ReplicaFigures => ({
  generation: 2,
  minReadySeconds: 0,
  templateLabels: { app: 'x', tier: 'y' },
  active: [],
  terminatingCount: 0,
  failure: undefined,
  conditions: [],
  ...over,
});

test('zeros are left out, except replicas and terminatingReplicas', () => {
  expect(replicaStatus(figures({}), NOW).status).toEqual({ replicas: 0, terminatingReplicas: 0, observedGeneration: 2 });
});

test('counts what is fully labelled, ready and available', () => {
  const active = [replica({ app: 'x', tier: 'y', more: 'z' }, 5000), replica({ app: 'x' }, 20_000), replica({ app: 'x', tier: 'y' })];
  const { status, nextAvailableAt } = replicaStatus(figures({ active, minReadySeconds: 10 }), NOW);
  expect(status).toMatchObject({ replicas: 3, fullyLabeledReplicas: 2, readyReplicas: 2, availableReplicas: 1 });
  expect(nextAvailableAt).toBe(NOW + 5000);
});

test('a failure is noted once and forgotten when it is over', () => {
  const failed = replicaStatus(figures({ failure: { reason: 'FailedCreate', message: 'one' } }), NOW).status;
  expect(failed.conditions).toEqual([
    { type: 'ReplicaFailure', status: 'True', lastTransitionTime: toRfc3339(NOW), reason: 'FailedCreate', message: 'one' },
  ]);
  const again = replicaStatus(
    figures({ conditions: failed.conditions ?? [], failure: { reason: 'FailedCreate', message: 'two' } }),
    NOW + 9000,
  ).status;
  expect(again.conditions).toEqual(failed.conditions);
  expect(replicaStatus(figures({ conditions: failed.conditions ?? [] }), NOW).status.conditions).toBeUndefined();
});
