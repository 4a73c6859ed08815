import { expect, test } from 'vitest';
import { world } from '../../testing/world.ts';

const stem = (name = ''): string => name.replace(/-[0-9a-f]{8,10}-[a-z0-9]{5}$/, '').replace(/-[bcdfghjklmnpqrstvwxz2456789]{5}$/, '');

test('a new cluster shows its control plane and add-ons running, and nothing left to do', () => {
  const w = world({ system: true, timing: 'realistic' });
  const pods = w.objects('core/pods', 'kube-system');
  const seen = pods
    .map((pod) => `${stem(pod.metadata.name)} ${pod.status.phase} ${pod.status.containerStatuses[0].ready} ${pod.spec.nodeName}`)
    .sort();
  const on = 'true vivakube-control-plane';
  expect(seen).toEqual([
    `coredns Running ${on}`,
    `coredns Running ${on}`,
    `etcd-vivakube-control-plane Running ${on}`,
    `kindnet Running ${on}`,
    'kindnet Running true vivakube-worker',
    'kindnet Running true vivakube-worker2',
    `kube-apiserver-vivakube-control-plane Running ${on}`,
    `kube-controller-manager-vivakube-control-plane Running ${on}`,
    `kube-proxy Running ${on}`,
    'kube-proxy Running true vivakube-worker',
    'kube-proxy Running true vivakube-worker2',
    `kube-scheduler-vivakube-control-plane Running ${on}`,
    `metrics-server Running ${on}`,
  ]);
  expect(w.objects('core/events')).toEqual([]);
  expect([...w.state.timers.values()]).toEqual([]);
  expect([...w.state.runtime.entries('failure/')]).toEqual([]);
  w.advance(3_600_000);
  expect(w.deltas).toEqual([]);
});

test('a static pod that is deleted is there again', () => {
  const w = world({ system: true });
  const key = 'core/pods/kube-system/etcd-vivakube-control-plane';
  const uid = w.object(key)?.metadata.uid;
  expect(w.request('DELETE', '/api/v1/namespaces/kube-system/pods/etcd-vivakube-control-plane').code).toBe(200);
  expect(w.object(key)?.metadata.uid).not.toBe(uid);
  expect(w.object(key)?.status.phase).toBe('Running');
});

test('a control plane of three nodes', () => {
  const w = world({ system: true, controlPlanes: 3, workers: 1, timing: 'realistic' });
  const names = ['vivakube-control-plane', 'vivakube-control-plane2', 'vivakube-control-plane3'];
  expect(w.objects('core/nodes').map(({ metadata }) => metadata.name)).toEqual([...names, 'vivakube-worker']);
  const running = (name: string): boolean => w.object(`core/pods/kube-system/${name}`)?.status.containerStatuses[0].ready;
  for (const node of names)
    for (const part of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']) expect(running(`${part}-${node}`)).toBe(true);
  expect(w.object('core/endpoints/default/kubernetes')?.subsets[0].addresses.map(({ ip }: { ip: string }) => ip)).toEqual([
    '172.18.0.2',
    '172.18.0.3',
    '172.18.0.4',
  ]);
  expect(w.object('core/nodes//vivakube-worker')?.status.addresses[0].address).toBe('172.18.0.5');
  const leases = w.objects('coordination.k8s.io/leases', 'kube-system').map(({ metadata }) => metadata.name?.replace(/-[0-9a-f]{26}$/, ''));
  expect(leases.sort()).toEqual(['apiserver', 'apiserver', 'apiserver', 'kube-controller-manager', 'kube-scheduler']);
  w.advance(60_000);
  const { renewTime } = w.request('GET', '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler').body.spec;
  expect(renewTime).toBe('2026-01-01T00:01:00.000000Z');
  expect(w.deltas).toEqual([]);
});

test('the lease of a node is its own, and goes with it', () => {
  const w = world({ system: true });
  for (const name of ['vivakube-control-plane', 'vivakube-worker']) {
    const lease = w.object(`coordination.k8s.io/leases/kube-node-lease/${name}`);
    expect(lease?.metadata.ownerReferences).toEqual([{ apiVersion: 'v1', kind: 'Node', name, uid: w.object(`core/nodes//${name}`)?.metadata.uid }]);
  }
  w.request('DELETE', '/api/v1/nodes/vivakube-control-plane');
  expect(w.object('coordination.k8s.io/leases/kube-node-lease/vivakube-control-plane')).toBeUndefined();
  expect([...w.state.runtime.entries('failure/')]).toEqual([]);
});
