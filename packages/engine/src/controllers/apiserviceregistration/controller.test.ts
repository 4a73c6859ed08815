import { expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

const find = (w: ReturnType<typeof world>, name: string) => w.object(`apiregistration.k8s.io/apiservices//${name}`);
const availability = (w: ReturnType<typeof world>, name: string) => {
  const { status, reason } = find(w, name)?.status.conditions[0] ?? {};
  return `${status} ${reason}`;
};

it('what the server serves is registered, and stays so', () => {
  const w = world({ workers: 0 });
  expect(find(w, 'v1.')?.spec).toEqual({ version: 'v1', groupPriorityMinimum: 18_000, versionPriority: 1 });
  expect(find(w, 'v2.autoscaling')).toMatchObject({
    metadata: { labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } },
    spec: { groupPriorityMinimum: 17_500, versionPriority: 30 },
  });
  expect(availability(w, 'v1.apps')).toBe('True Local');
  w.request('DELETE', '/apis/apiregistration.k8s.io/v1/apiservices/v1.apps');
  expect(availability(w, 'v1.apps')).toBe('True Local');
});

it('custom resources are registered for as long as there are any', () => {
  const w = world({ workers: 0 });
  const schema = { openAPIV3Schema: { type: 'object' } };
  w.apply({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  });
  expect(find(w, 'v1.example.com')).toMatchObject({
    metadata: { labels: { 'kube-aggregator.kubernetes.io/automanaged': 'true' } },
    spec: { groupPriorityMinimum: 1000, versionPriority: 100 },
  });
  w.request('DELETE', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com');
  expect(find(w, 'v1.example.com')).toBeUndefined();
});

it('other servers are available when there is one', () => {
  const w = world({ workers: 1, system: true });
  expect(availability(w, 'v1beta1.metrics.k8s.io')).toBe('True Passed');
  w.request(
    'PATCH',
    '/apis/apps/v1/namespaces/kube-system/deployments/metrics-server/scale',
    { spec: { replicas: 0 } },
    { contentType: 'application/merge-patch+json' },
  );
  w.advance(60_000);
  expect(availability(w, 'v1beta1.metrics.k8s.io')).toBe('False MissingEndpoints');
  w.request('DELETE', '/api/v1/namespaces/kube-system/services/metrics-server');
  expect(availability(w, 'v1beta1.metrics.k8s.io')).toBe('False ServiceNotFound');
});
