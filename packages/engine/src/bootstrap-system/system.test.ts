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
