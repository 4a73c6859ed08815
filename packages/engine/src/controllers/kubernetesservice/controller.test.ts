import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const SERVICE = 'core/services/default/kubernetes';
const ENDPOINTS = 'core/endpoints/default/kubernetes';
const SLICE = 'discovery.k8s.io/endpointslices/default/kubernetes';

const shown = (w: World): unknown[] => [
  w.object(SERVICE)?.spec.clusterIP,
  w.object(ENDPOINTS)?.subsets?.[0].addresses,
  w.object(SLICE)?.endpoints.map(({ addresses }: { addresses: string[] }) => addresses),
];

test.each([
  '/api/v1/namespaces/default/services',
  '/api/v1/namespaces/default/endpoints',
  '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
])('what is deleted of %s comes back', (url) => {
  const w = world({ timing: 'realistic' }).advance(3000);
  const before = shown(w);
  expect(before).toEqual(['10.96.0.1', [{ ip: '172.18.0.2' }], [['172.18.0.2']]]);
  expect(w.request('DELETE', `${url}/kubernetes`).code).toBe(200);
  expect(shown(w)).not.toEqual(before);
  w.advance(10_000);
  expect(shown(w)).toEqual(before);
});

test('ports of its own are put right, labels of others stay', () => {
  const w = world({ timing: 'realistic' }).advance(3000);
  const url = '/api/v1/namespaces/default/services/kubernetes';
  const ports = [{ name: 'https', port: 444, protocol: 'TCP', targetPort: 1 }];
  expect(
    w.request('PATCH', url, { metadata: { labels: { mine: 'yes' } }, spec: { ports } }, { contentType: 'application/merge-patch+json' }).code,
  ).toBe(200);
  w.advance(10_000);
  expect(w.object(SERVICE)).toMatchObject({
    metadata: { labels: { mine: 'yes' } },
    spec: { clusterIP: '10.96.0.1', ports: [{ port: 443, targetPort: 6443 }] },
  });
});

test('a namesake elsewhere is nobody', () => {
  const w = world({ timing: 'realistic' });
  w.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
  w.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'kubernetes', namespace: 'other' }, spec: { ports: [{ port: 80 }] } });
  w.advance(15_000);
  expect(w.object('core/services/other/kubernetes')?.spec.ports).toMatchObject([{ port: 80 }]);
});
