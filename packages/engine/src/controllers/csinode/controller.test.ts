import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const nodes = (w: World): string[] => w.objects('storage.k8s.io/csinodes').map(({ metadata }) => metadata.name as string);

test('every machine says which driver it has, and how many disks it takes', () => {
  const w = world({ workers: 1 });
  expect(nodes(w)).toEqual(['vivakube-control-plane', 'vivakube-worker']);
  w.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'paper' } });
  w.create({ apiVersion: 'sim.vivakube.dev/v1', kind: 'NodePool', metadata: { name: 'p' }, spec: { count: 1 } });
  expect(nodes(w)).toEqual(['p-1', 'vivakube-control-plane', 'vivakube-worker']);
  w.request('DELETE', '/apis/sim.vivakube.dev/v1/nodepools/p');
  expect(nodes(w)).toEqual(['vivakube-control-plane', 'vivakube-worker']);
  expect([...w.state.runtime.entries('failure/')]).toEqual([]);
});

test('a node takes no more disks than that', () => {
  const w = world({ workers: 1 });
  for (let i = 0; i <= 25; i++) {
    const [name, claimName] = [`p${i}`, `c${i}`];
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    w.create({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: claimName, namespace: 'default' }, spec });
    w.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'nginx' }], volumes: [{ name: 'd', persistentVolumeClaim: { claimName } }] },
    });
  }
  const pods = w.objects('core/pods', 'default');
  expect(pods.filter((pod) => pod.status.phase === 'Running')).toHaveLength(25);
  const waiting = pods.find((pod) => pod.status.phase === 'Pending');
  expect(waiting?.status.conditions[0].message).toContain('1 node(s) exceed max volume count');
});
