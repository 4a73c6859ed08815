import { expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

const service = (name: string, spec: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec: { ports: [{ port: 80 }], ...spec } }) as never;

it('every address of a service is an object, as long as the service has it', () => {
  const w = world({ workers: 0 });
  const refs = () => Object.fromEntries(w.objects('networking.k8s.io/ipaddresses').map(({ metadata, spec }) => [metadata.name, spec.parentRef.name]));
  expect(refs()).toEqual({ '10.96.0.1': 'kubernetes', '10.96.0.10': 'kube-dns' });
  w.create(service('web', { clusterIP: '10.96.5.5' }));
  w.create(service('none', { clusterIP: 'None' }));
  expect(refs()).toMatchObject({ '10.96.5.5': 'web' });
  expect(w.object('networking.k8s.io/ipaddresses//10.96.5.5')?.metadata.labels).toEqual({
    'ipaddress.kubernetes.io/ip-family': 'IPv4',
    'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
  });
  w.request('DELETE', '/apis/networking.k8s.io/v1/ipaddresses/10.96.5.5');
  expect(refs()).toMatchObject({ '10.96.5.5': 'web' });
  w.request('DELETE', '/api/v1/namespaces/default/services/web');
  w.create(service('other', { clusterIP: '10.96.5.6' }));
  expect(refs()).toEqual({ '10.96.0.1': 'kubernetes', '10.96.0.10': 'kube-dns', '10.96.5.6': 'other' });
});
