import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const service = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { type: 'LoadBalancer', ports: [{ port: 80 }], ...spec },
});
const URL = '/api/v1/namespaces/default/services';
const address = (w: World, name: string): string | undefined => w.object(`core/services/default/${name}`)?.status?.loadBalancer?.ingress?.[0].ip;
const told = (w: World): string[] =>
  w
    .objects('core/events')
    .filter((e) => e.source.component === 'service-controller')
    .map((e) => e.reason)
    .sort();

test('a load balancer gets the lowest free address, and gives it back', () => {
  const w = world();
  for (const name of ['a', 'b']) w.create(service(name));
  expect([address(w, 'a'), address(w, 'b')]).toEqual(['172.18.255.200', '172.18.255.201']);
  expect(w.object('core/services/default/a')?.metadata.finalizers).toEqual(['service.kubernetes.io/load-balancer-cleanup']);
  expect(w.request('DELETE', `${URL}/a`).code).toBe(200);
  expect(w.object('core/services/default/a')).toBeUndefined();
  w.create(service('c'));
  expect(address(w, 'c')).toBe('172.18.255.200');
  expect(told(w)).toContain('DeletedLoadBalancer');
  expect([...w.state.runtime.entries('failure/')]).toEqual([]);
});

test('its address takes a moment, and goes with the type', () => {
  const w = world({ timing: 'realistic' });
  w.create(service('a', { loadBalancerIP: '172.18.255.77' }));
  expect(address(w, 'a')).toBeUndefined();
  w.advance(2000);
  expect(address(w, 'a')).toBe('172.18.255.77');
  w.request('PATCH', `${URL}/a`, { spec: { type: 'ClusterIP', loadBalancerIP: null } }, { contentType: 'application/merge-patch+json' });
  expect(address(w, 'a')).toBeUndefined();
  expect([...w.state.runtime.keys('loadbalancer')]).toEqual([]);
});

test('another class is left to others, and a Service that finds no address waits for one', () => {
  const w = world();
  w.create(service('other', { loadBalancerClass: 'example.com/lb' }));
  expect(address(w, 'other')).toBeUndefined();
  for (let i = 0; i <= 51; i++) w.create(service(`s${i}`));
  expect(address(w, 's51')).toBeUndefined();
  expect(told(w)).toContain('SyncLoadBalancerFailed');
  w.request('DELETE', `${URL}/s7`);
  expect(address(w, 's51')).toBe('172.18.255.207');
});

test('what changes about a load balancer is told', () => {
  const w = world();
  const change = (spec: object) => w.request('PATCH', `${URL}/a`, { spec }, { contentType: 'application/merge-patch+json' });
  w.create(service('a', { type: 'ClusterIP' }));
  change({ type: 'LoadBalancer' });
  change({ loadBalancerSourceRanges: ['10.0.0.0/8', '192.168.0.0/16'] });
  change({ externalTrafficPolicy: 'Local' });
  const messages = w.objects('core/events').map((e) => `${e.reason}: ${e.message}`);
  expect(messages).toEqual(
    expect.arrayContaining([
      'Type: ClusterIP -> LoadBalancer',
      'LoadBalancerSourceRanges: [] -> [10.0.0.0/8 192.168.0.0/16]',
      'ExternalTrafficPolicy: Cluster -> Local',
    ]),
  );
});
