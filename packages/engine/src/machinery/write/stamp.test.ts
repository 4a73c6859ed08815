import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const replicaSet = (name: string, replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name }, annotations: { team: 'a' } },
      spec: { containers: [{ name: 'c', image: 'nginx:1.25', resources: { requests: { cpu: '100m' } } }] },
    },
  },
});

const podsOf = (w: World) => w.objects('core/pods', 'default');

test('pods of one template share everything but name and uid', () => {
  const w = world({ workers: 1, timing: 'instant' });
  w.create(replicaSet('web', 3) as never);
  const [a, b, c] = podsOf(w);
  expect(a?.spec.containers).toBe(b?.spec.containers);
  expect(b?.metadata.ownerReferences).toBe(c?.metadata.ownerReferences);
  expect(new Set([a, b, c].map((pod) => pod?.metadata.name)).size).toBe(3);
  expect(new Set([a, b, c].map((pod) => pod?.metadata.uid)).size).toBe(3);
});

test('each of them counts for a quota', () => {
  const w = world({ workers: 1, timing: 'instant' });
  w.create({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard: { pods: '3' } } } as never);
  w.create(replicaSet('web', 5) as never);
  expect(podsOf(w)).toHaveLength(3);
  expect(w.object('core/resourcequotas/default/q')?.status.used).toEqual({ pods: '3' });
});

test('a policy that changes pods sees each of them by its name', () => {
  const w = world({ workers: 1, timing: 'instant' });
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const expression = 'Object{metadata: Object.metadata{labels: {"of": object.metadata.generateName + "x"}}}';
  w.create({
    apiVersion,
    kind: 'MutatingAdmissionPolicy',
    metadata: { name: 'named' },
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }] },
      mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }],
    },
  } as never);
  w.create({ apiVersion, kind: 'MutatingAdmissionPolicyBinding', metadata: { name: 'named' }, spec: { policyName: 'named' } } as never);
  w.create(replicaSet('web', 2) as never);
  expect(podsOf(w).map(({ metadata }) => metadata.labels)).toEqual(Array(2).fill({ app: 'web', of: 'web-x' }));
});

test('what surrounds them may change between two roll-outs', () => {
  const w = world({ workers: 1, timing: 'instant' });
  w.create(replicaSet('web', 1) as never);
  w.create({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'l' },
    spec: { limits: [{ type: 'Container', default: { memory: '64Mi' } }] },
  } as never);
  w.request('PATCH', '/apis/apps/v1/namespaces/default/replicasets/web', { spec: { replicas: 2 } }, { contentType: 'application/merge-patch+json' });
  const limits = podsOf(w).map(({ spec }) => spec.containers[0].resources.limits?.memory ?? 'none');
  expect(limits.sort()).toEqual(['64Mi', 'none']);
});
