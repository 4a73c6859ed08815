import { describe, expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';

const deployment = (replicas: number, image = 'nginx:1.25'): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }] } },
  },
});

const budget = (spec: object): object => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});

const status = (w: World): KubeObject['status'] => w.object('policy/poddisruptionbudgets/default/web')?.status;
const evict = (w: World, name: string) =>
  w.request('POST', `/api/v1/namespaces/default/pods/${name}/eviction`, { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } });
const pods = (w: World): string[] => w.objects('core/pods', 'default').map((pod) => pod.metadata.name as string);

describe('disruption budgets', () => {
  test.each([
    [{ minAvailable: 2 }, 3, { expectedPods: 3, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 }],
    [{ maxUnavailable: 1 }, 3, { expectedPods: 3, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 }],
    [{ minAvailable: '50%' }, 5, { expectedPods: 5, desiredHealthy: 3, currentHealthy: 5, disruptionsAllowed: 2 }],
    [{ maxUnavailable: '30%' }, 5, { expectedPods: 5, desiredHealthy: 3, currentHealthy: 5, disruptionsAllowed: 2 }],
    [{ maxUnavailable: 9 }, 2, { expectedPods: 2, desiredHealthy: 0, currentHealthy: 2, disruptionsAllowed: 2 }],
    [{ minAvailable: 3 }, 2, { expectedPods: 2, desiredHealthy: 3, currentHealthy: 2, disruptionsAllowed: 0 }],
  ])('%j over %i pods', (spec, replicas, expected) => {
    const w = world();
    w.apply(budget(spec));
    expect(status(w)).toMatchObject({ expectedPods: 0, disruptionsAllowed: 0, observedGeneration: 1 });
    w.apply(deployment(replicas));
    const allowed = expected.disruptionsAllowed > 0;
    expect(status(w)).toMatchObject({
      ...expected,
      observedGeneration: 1,
      conditions: [
        {
          type: 'DisruptionAllowed',
          status: allowed ? 'True' : 'False',
          reason: allowed ? 'SufficientPods' : 'InsufficientPods',
          observedGeneration: 1,
        },
      ],
    });
  });

  test('let one pod go after the other', () => {
    const w = world({ timing: 'realistic' });
    w.apply(budget({ minAvailable: 1 }));
    w.apply(deployment(2));
    w.advance(60_000);
    const [first, second] = pods(w) as [string, string];
    expect(evict(w, first).code).toBe(201);
    expect(status(w)).toMatchObject({ disruptionsAllowed: 0, currentHealthy: 1 });
    expect(evict(w, second)).toMatchObject({
      code: 429,
      body: { details: { causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget web needs 1 healthy pods and has 1 currently' }] } },
    });
    w.advance(60_000);
    expect(status(w)).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 2 });
    expect(status(w).disruptedPods).toBeUndefined();
    expect(evict(w, second).code).toBe(201);
  });

  test('say that pods have no controller, or one that has no scale', () => {
    const w = world();
    w.apply(budget({ maxUnavailable: 1 }));
    w.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'bare', labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    });
    const reasons = (): string[] =>
      w
        .objects('core/events', 'default')
        .filter((event) => event.involvedObject.name === 'web')
        .map((event) => event.reason)
        .sort();
    expect(reasons()).toEqual(['NoPods', 'UnmanagedPods']);
    expect(status(w)).toMatchObject({ expectedPods: 0, currentHealthy: 1, disruptionsAllowed: 0 });
    const controlled = { apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: 'u' };
    w.apply({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'j' },
      spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'nginx' }] } } },
    });
    const uid = w.object('batch/jobs/default/j')?.metadata.uid;
    const reference = [{ ...controlled, uid, controller: true }];
    w.request(
      'PATCH',
      '/api/v1/namespaces/default/pods/bare',
      { metadata: { ownerReferences: reference, labels: { more: 'x' } } },
      { contentType: 'application/merge-patch+json' },
    );
    expect(status(w).conditions).toMatchObject([
      { status: 'False', reason: 'SyncFailed', message: 'jobs.batch does not implement the scale subresource' },
    ]);
  });

  test('a pod that was marked and not deleted is unmarked after two minutes', () => {
    const w = world();
    w.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bare' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } });
    const condition = { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', lastTransitionTime: '2026-01-01T00:00:00Z' };
    w.request(
      'PATCH',
      '/api/v1/namespaces/default/pods/bare/status',
      { status: { conditions: [condition] } },
      { contentType: 'application/strategic-merge-patch+json' },
    );
    const mark = (): string =>
      w.object('core/pods/default/bare')?.status.conditions.find((each: KubeObject) => each.type === 'DisruptionTarget')?.status;
    w.advance(119_000);
    expect(mark()).toBe('True');
    w.advance(2000);
    expect(mark()).toBe('False');
  });
});
