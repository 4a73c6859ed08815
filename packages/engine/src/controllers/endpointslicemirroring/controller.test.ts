import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'ext' }, spec: { ports: [{ port: 80 }] } };
const endpoints = (subsets: object[], labels: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'ext', labels },
  subsets,
});

const slices = (w: World): KubeObject[] =>
  w.objects('discovery.k8s.io/endpointslices', 'default').filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === 'ext');
const brief = (w: World): string[] =>
  slices(w).map(
    ({ addressType, endpoints: list, ports }) =>
      `${addressType} ${list.map((each: KubeObject) => `${each.addresses[0]}${each.conditions.ready ? '' : '!'}`).join()} ${ports.map((port: KubeObject) => port.port).join()}`,
  );

test('Endpoints of a service without selector are mirrored', () => {
  const w = world();
  w.apply(service);
  w.apply(
    endpoints([{ addresses: [{ ip: '192.0.2.1' }, { ip: '2001:db8::1' }], notReadyAddresses: [{ ip: '192.0.2.2' }], ports: [{ port: 9376 }] }], {
      team: 'a',
    }),
  );
  expect(brief(w).sort()).toEqual(['IPv4 192.0.2.1,192.0.2.2! 9376', 'IPv6 2001:db8::1 9376']);
  expect(slices(w)[0]?.metadata).toMatchObject({
    generateName: 'ext-',
    labels: { team: 'a', 'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io' },
    ownerReferences: [{ kind: 'Endpoints', name: 'ext', controller: true }],
  });
  w.apply(endpoints([{ addresses: [{ ip: '192.0.2.7' }], ports: [{ port: 80 }] }]));
  expect(brief(w)).toEqual(['IPv4 192.0.2.7 80']);
  w.request('DELETE', '/api/v1/namespaces/default/endpoints/ext');
  expect(brief(w)).toEqual([]);
});

test('Endpoints that wait for their slices to go get no new ones', () => {
  const w = world();
  w.apply(service);
  w.apply(endpoints([{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 80 }] }]));
  w.request('DELETE', '/api/v1/namespaces/default/endpoints/ext?propagationPolicy=Foreground');
  expect([w.object('core/endpoints/default/ext'), brief(w)]).toEqual([undefined, []]);
});

test.each([
  ['without its service', undefined, {}],
  ['with a selector', { ...service, spec: { ...service.spec, selector: { app: 'none' } } }, {}],
  ['where it asks not to be', service, { 'endpointslice.kubernetes.io/skip-mirror': 'true' }],
])('not %s', (_, of, labels) => {
  const w = world();
  w.apply(endpoints([{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 80 }] }], labels));
  if (of) w.apply(of);
  expect(brief(w).filter((text) => text.includes('192.0.2.1'))).toEqual([]);
});
