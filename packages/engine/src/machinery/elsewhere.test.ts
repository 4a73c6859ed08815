import { expect, it } from 'vitest';
import { world } from '../../testing/world.ts';

const METRICS = '/apis/metrics.k8s.io/v1beta1';
const MERGE = { contentType: 'application/merge-patch+json' };

it('metrics are served by metrics-server, and by nobody where it is not', () => {
  const w = world({ workers: 1, system: true });
  const groups = (): string[] => w.request('GET', '/apis').body.groups.map(({ name }: { name: string }) => name);
  expect(w.request('GET', `${METRICS}/nodes`).code).toBe(200);
  expect(groups()).toContain('metrics.k8s.io');
  w.request('PATCH', '/apis/apps/v1/namespaces/kube-system/deployments/metrics-server/scale', { spec: { replicas: 0 } }, MERGE);
  w.advance(60_000);
  const { code, body } = w.request('GET', `${METRICS}/nodes`);
  expect([code, body.reason, body.message]).toEqual([503, 'ServiceUnavailable', 'the server is currently unable to handle the request']);
  expect(groups()).not.toContain('metrics.k8s.io');
  w.request('DELETE', '/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io');
  expect(w.request('GET', `${METRICS}/nodes`).code).toBe(404);
  expect(w.request('GET', METRICS).code).toBe(404);
});

it('a bare control plane has none', () => {
  const w = world({ workers: 0, system: true });
  expect(w.request('GET', `${METRICS}/nodes`).code).toBe(404);
});
