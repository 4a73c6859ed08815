import { describe, expect, test } from 'vitest';
import { type Bench, type BenchOptions, bench } from '../../../testing/bench.ts';
import type { KubeObject } from '../../core/object.ts';
import { ApiError, forbidden } from '../../machinery/status.ts';
import { replicaSetController } from './controller.ts';

const KEY = 'apps/replicasets/default/frontend';

const set = (spec: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'frontend' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { tier: 'frontend' } },
    template: { metadata: { labels: { tier: 'frontend' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    ...spec,
  },
});

const barePod = (name: string, labels: Record<string, string> = { tier: 'frontend' }): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'c', image: 'nginx' }] },
});

const fresh = (options?: BenchOptions): Bench => bench([replicaSetController], options);
const status = (b: Bench) => b.get(KEY)?.status;
const scale = (b: Bench, replicas: number) => b.change(KEY, (old) => ({ ...old, spec: { ...old.spec, replicas } }));

describe('replicas', () => {
  test('are made of the template', () => {
    const b = fresh();
    b.create(set());
    const pods = b.list('core/pods');
    expect(pods).toHaveLength(3);
    for (const { metadata } of pods) {
      expect(metadata.name).toMatch(/^frontend-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
      expect(metadata).toMatchObject({
        generateName: 'frontend-',
        labels: { tier: 'frontend' },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'frontend', uid: b.get(KEY)?.metadata.uid, controller: true, blockOwnerDeletion: true },
        ],
      });
    }
    expect(status(b)).toEqual({ replicas: 3, fullyLabeledReplicas: 3, terminatingReplicas: 0, observedGeneration: 1 });
    expect(b.said().sort()).toEqual(pods.map((pod) => `SuccessfulCreate: Created pod: ${pod.metadata.name}`).sort());
  });

  test('are counted when ready', () => {
    const b = fresh();
    b.create(set());
    b.runPods();
    expect(status(b)).toEqual({
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
      observedGeneration: 1,
    });
  });

  test('are replaced when one is deleted or fails', () => {
    const b = fresh();
    b.create(set());
    const [first, second] = b.names('core/pods') as [string, string];
    b.remove(`core/pods/default/${first}`);
    b.change(`core/pods/default/${second}`, (pod) => ({ ...pod, status: { ...pod.status, phase: 'Failed' } }), 'status');
    expect(b.names('core/pods')).not.toContain(first);
    expect(b.names('core/pods')).toHaveLength(4);
    expect(status(b).replicas).toBe(3);
  });

  test('go in the order of preference', () => {
    const b = fresh();
    b.create(set());
    const [lazy] = b.names('core/pods') as [string];
    b.runPods((pod) => pod.metadata.name !== lazy);
    scale(b, 2);
    expect(b.names('core/pods')).not.toContain(lazy);
    expect(b.said().at(-1)).toBe(`SuccessfulDelete: Deleted pod: ${lazy}`);
  });

  test('that terminate are told apart', () => {
    const b = fresh();
    const { template } = set().spec;
    b.create(set({ template: { ...template, spec: { ...template.spec, nodeName: 'n1' } } }));
    scale(b, 1);
    expect(status(b)).toMatchObject({ replicas: 1, terminatingReplicas: 2, observedGeneration: 2 });
    b.stopPods();
    expect(status(b)).toMatchObject({ replicas: 1, terminatingReplicas: 0 });
  });

  test('come in bursts of 500 until all are there', () => {
    const b = fresh();
    b.create(set({ replicas: 1200 }));
    expect(b.list('core/pods')).toHaveLength(1200);
    expect(status(b).replicas).toBe(1200);
  });
});

describe('pods of others', () => {
  test('are adopted where they match and nobody controls them', () => {
    const b = fresh();
    b.create(barePod('one'));
    b.create(barePod('two'));
    b.create(barePod('other', { tier: 'backend' }));
    b.create(set());
    expect(b.list('core/pods')).toHaveLength(4);
    expect(b.get('core/pods/default/one')?.metadata.ownerReferences).toMatchObject([{ name: 'frontend', controller: true }]);
    expect(b.get('core/pods/default/other')?.metadata.ownerReferences).toBeUndefined();
  });

  test('are adopted and removed where there are enough', () => {
    const b = fresh();
    b.create(set());
    const before = b.names('core/pods');
    b.runPods();
    b.create(barePod('late'));
    expect(b.names('core/pods')).toEqual(before);
  });

  test('are let go when their labels change, and replaced', () => {
    const b = fresh();
    b.create(set());
    const [name] = b.names('core/pods') as [string];
    b.change(`core/pods/default/${name}`, (pod) => ({ ...pod, metadata: { ...pod.metadata, labels: { tier: 'debug' } } }));
    expect(b.get(`core/pods/default/${name}`)?.metadata.ownerReferences).toBeUndefined();
    expect(b.list('core/pods')).toHaveLength(4);
  });

  test('a set that is being deleted takes and makes none', () => {
    const b = fresh();
    b.create(set());
    b.remove(KEY, { propagationPolicy: 'Foreground' });
    b.create(barePod('late'));
    b.remove(`core/pods/default/${b.names('core/pods')[0]}`);
    expect(b.list('core/pods')).toHaveLength(3);
    expect(b.get('core/pods/default/late')?.metadata.ownerReferences).toBeUndefined();
  });
});

test('pods become available after minReadySeconds, each at its own instant', () => {
  const b = fresh();
  b.create(set({ minReadySeconds: 10 }));
  const [first] = b.names('core/pods');
  b.runPods((pod) => pod.metadata.name === first).advance(5000);
  b.runPods().advance(4999);
  expect(status(b).availableReplicas).toBeUndefined();
  b.advance(1);
  expect(status(b).availableReplicas).toBe(1);
  b.advance(5000);
  expect(status(b).availableReplicas).toBe(3);
});

describe('a refusal', () => {
  /** Lets in a number of pods only. */
  function quota(pods: { max: number }): BenchOptions {
    const validate = ({
      kind,
      operation,
      name,
      txn,
    }: {
      kind: { plural: string };
      operation: string;
      name: string;
      txn: { list(r: string): unknown[] };
    }): void => {
      if (operation !== 'CREATE' || kind.plural !== 'pods') return;
      if (txn.list('core/pods').length >= pods.max) throw forbidden('', 'pods', name, `exceeded quota: pods=${pods.max}`);
    };
    return { admission: [{ name: 'Quota', validate }] };
  }

  test('is an event and a condition, and tried again later and later', () => {
    const limit = { max: 2 };
    const b = fresh(quota(limit));
    b.create(set({ replicas: 5 }));
    expect(b.list('core/pods')).toHaveLength(2);
    const [condition] = status(b).conditions;
    expect(condition).toMatchObject({ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' });
    expect(condition.message).toMatch(/^pods "frontend-\w{5}" is forbidden: exceeded quota: pods=2$/);
    expect(b.said().filter((line) => line.startsWith('FailedCreate: Error creating: pods "frontend-'))).not.toHaveLength(0);
    limit.max = 10;
    b.advance(60_000);
    expect(b.list('core/pods')).toHaveLength(5);
    expect(status(b).conditions).toBeUndefined();
    expect([...b.state.runtime.keys('retry/')]).toEqual([]);
  });

  test('that lasts costs little', () => {
    const b = fresh(quota({ max: 0 }));
    b.create(set());
    b.advance(86_400_000);
    const tries = b.said().filter((line) => line.startsWith('FailedCreate'));
    expect(tries.length).toBeLessThan(130);
  });

  test('is not told where the namespace is going away', () => {
    const validate = ({ kind, operation }: { kind: { plural: string }; operation: string }): void => {
      if (operation === 'CREATE' && kind.plural === 'pods') {
        throw new ApiError(403, 'Forbidden', 'no', { causes: [{ reason: 'NamespaceTerminating', message: 'being terminated' }] });
      }
    };
    const b = fresh({ admission: [{ name: 'NamespaceLifecycle', validate }] });
    b.create(set());
    expect(b.said()).toEqual([]);
    expect(status(b).conditions).toBeUndefined();
  });
});
