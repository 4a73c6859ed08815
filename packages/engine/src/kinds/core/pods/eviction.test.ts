import { expect, test } from 'vitest';
import { World } from '../../../../testing/world.ts';
import type { KubeObject } from '../../../core/object.ts';
import { Txn } from '../../../core/txn.ts';
import { indexer } from '../../../engine.ts';

const PODS = '/api/v1/namespaces/default/pods';
const BUDGET = 'policy/poddisruptionbudgets/default/few';
const MERGE = { contentType: 'application/merge-patch+json' };

/** A running pod and a budget over it. */
function guarded(budgetStatus: object, ready = 'True', policy?: string): World {
  const world = new World({ workers: 1 });
  world.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: { nodeName: 'nowhere', containers: [{ name: 'c', image: 'nginx' }] },
  });
  world.request('PATCH', `${PODS}/web/status`, { status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready }] } }, MERGE);
  world.create({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'few' },
    spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } }, ...(policy ? { unhealthyPodEvictionPolicy: policy } : {}) },
  });
  // Written past the controllers: they would put it right.
  const txn = new Txn(world.state, indexer);
  txn.put(BUDGET, { ...(txn.get(BUDGET) as KubeObject), status: { observedGeneration: 1, expectedPods: 1, ...budgetStatus } });
  world.state = txn.finish([]).state;
  return world;
}

const evict = (world: World, name = 'web') =>
  world.request('POST', `${PODS}/web/eviction`, { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } });

test('a budget that is spent keeps the pod', () => {
  const world = guarded({ disruptionsAllowed: 0, desiredHealthy: 1, currentHealthy: 1 });
  const { code, body } = evict(world);
  expect([code, body.reason, body.message]).toEqual([429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget."]);
  expect(body.details.causes).toEqual([
    { reason: 'DisruptionBudget', message: 'The disruption budget few needs 1 healthy pods and has 1 currently' },
  ]);
  expect(world.object('core/pods/default/web')?.metadata.deletionTimestamp).toBeUndefined();
});

test('a budget that has room is charged and the pod goes', () => {
  const world = guarded({ disruptionsAllowed: 1, desiredHealthy: 0, currentHealthy: 1 });
  expect(evict(world).code).toBe(201);
  const deleted = world.events.filter((e) => e.key === 'core/pods/default/web').at(-1)?.stored.object;
  expect(deleted?.status.conditions).toContainEqual(expect.objectContaining({ type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI' }));
  const charged = world.events.find((e) => e.key.endsWith('/few') && e.stored.object.status?.disruptedPods?.web !== undefined)?.stored.object;
  expect(charged?.status.disruptionsAllowed).toBe(0);
});

test('a dry run asks the budget and keeps everything as it is', () => {
  const ask = (world: World) =>
    world.request('POST', `${PODS}/web/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'web' },
      deleteOptions: { dryRun: ['All'] },
    }).code;
  const world = guarded({ disruptionsAllowed: 1, desiredHealthy: 0, currentHealthy: 1 });
  expect(ask(world)).toBe(201);
  expect(world.object('core/pods/default/web')?.metadata.deletionTimestamp).toBeUndefined();
  expect(world.object(BUDGET)?.status.disruptionsAllowed).toBe(1);
  expect(ask(guarded({ disruptionsAllowed: 0, desiredHealthy: 1, currentHealthy: 1 }))).toBe(429);
});

test('a pod that is not ready may be let go', () => {
  expect(evict(guarded({ disruptionsAllowed: 0, desiredHealthy: 1, currentHealthy: 0 }, 'False')).code).toBe(429);
  expect(evict(guarded({ disruptionsAllowed: 0, desiredHealthy: 1, currentHealthy: 0 }, 'False', 'AlwaysAllow')).code).toBe(201);
  expect(evict(guarded({ disruptionsAllowed: 0, desiredHealthy: 1, currentHealthy: 1 }, 'False')).code).toBe(201);
});

test('the name must be that of the URL', () => {
  expect(evict(guarded({ disruptionsAllowed: 1 }), 'other').body.message).toBe('name in URL does not match name in Eviction object');
});
