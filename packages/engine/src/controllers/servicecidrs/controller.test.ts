import { expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

const url = '/apis/networking.k8s.io/v1/servicecidrs';

it('ranges are ready, and stay while addresses are in no other', () => {
  const w = world({ workers: 0 });
  const conditionOf = (name: string) => w.object(`networking.k8s.io/servicecidrs//${name}`)?.status?.conditions?.[0];
  expect(w.object('networking.k8s.io/servicecidrs//kubernetes')?.spec).toEqual({ cidrs: ['10.96.0.0/12'] });
  expect(conditionOf('kubernetes')).toMatchObject({ type: 'Ready', status: 'True' });
  w.request('DELETE', `${url}/kubernetes`);
  expect(conditionOf('kubernetes')).toMatchObject({ status: 'False', reason: 'Terminating' });
  w.request('POST', url, { metadata: { name: 'wide' }, spec: { cidrs: ['10.96.0.0/11'] } });
  expect(conditionOf('wide')).toMatchObject({ status: 'True' });
  w.request('DELETE', '/api/v1/namespaces/kube-system/services/kube-dns');
  // Now that another holds what is left, the first can go; it is the default, so it comes back.
  expect(w.object('networking.k8s.io/servicecidrs//kubernetes')?.metadata.deletionTimestamp).toBeUndefined();
});

it('another range gives addresses to those who ask for them, and to all when the first is to go', () => {
  const w = world({ workers: 0 });
  const service = (name: string, clusterIP?: string) =>
    w.request('POST', '/api/v1/namespaces/default/services', {
      metadata: { name },
      spec: { ports: [{ port: 80 }], ...(clusterIP ? { clusterIP } : {}) },
    });
  expect(service('early', '10.200.0.9').body.message).toContain('spec.clusterIPs: Invalid value: ["10.200.0.9"]: failed to allocate IP 10.200.0.9');
  w.request('POST', url, { metadata: { name: 'more' }, spec: { cidrs: ['10.200.0.0/28'] } });
  expect(service('edge', '10.200.0.0').code).toBe(422);
  expect(service('asked', '10.200.0.9').code).toBe(201);
  expect(service('drawn').body.spec.clusterIP).toMatch(/^10\.(9[6-9]|10\d|11[01])\./);
  w.request('DELETE', `${url}/kubernetes`);
  const drawn = Array.from({ length: 14 }, (_, i) => service(`late-${i}`).body);
  expect(drawn.slice(0, 13).map(({ spec }) => spec.clusterIP.slice(0, 9))).toEqual(Array(13).fill('10.200.0.'));
  expect(drawn[13].message).toContain('failed to allocate a serviceIP: range is full');
});
