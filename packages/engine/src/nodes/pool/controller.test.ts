import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const POOLS = '/apis/sim.vivakube.dev/v1/nodepools';
const MERGE = { contentType: 'application/merge-patch+json' };
const pool = (name: string, spec: object) => ({ apiVersion: 'sim.vivakube.dev/v1', kind: 'NodePool', metadata: { name }, spec });
const nodes = (w: World): string[] => w.objects('core/nodes').map((node) => node.metadata.name as string);
const failures = (w: World): unknown[] => [...w.state.runtime.entries('failure/')];

test('a pool makes nodes of its shape, on which pods run', () => {
  const w = world();
  w.create(
    pool('gpu', {
      count: 2,
      zone: 'a',
      architecture: 'arm64',
      labels: { tier: 'fast' },
      taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
      capacity: { cpu: '16', memory: '64Gi', pods: 20, 'hugepages-2Mi': '1Gi' },
      gpu: 4,
    }),
  );
  expect(nodes(w)).toEqual(['gpu-1', 'gpu-2', 'vivakube-control-plane', 'vivakube-worker', 'vivakube-worker2']);
  const made = w.object('core/nodes//gpu-1');
  expect(made?.metadata.labels).toMatchObject({
    tier: 'fast',
    'topology.kubernetes.io/zone': 'a',
    'kubernetes.io/arch': 'arm64',
    'sim.vivakube.dev/pool': 'gpu',
  });
  expect(made?.spec.taints).toEqual([{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }]);
  expect(made?.status.capacity).toMatchObject({ memory: '67108864Ki', 'hugepages-2Mi': '1Gi' });
  expect(made?.status.allocatable).toMatchObject({ cpu: '16', memory: '66060288Ki', 'hugepages-2Mi': '1Gi', pods: '20', 'nvidia.com/gpu': '4' });
  expect(new Set(w.objects('core/nodes').map((node) => node.status.addresses[0].address)).size).toBe(5);
  w.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: {
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: 'c', image: 'nginx', resources: { limits: { 'nvidia.com/gpu': '3' } } }],
    },
  });
  expect(w.object('core/pods/default/p')).toMatchObject({ spec: { nodeName: expect.stringMatching(/^gpu-/) }, status: { phase: 'Running' } });
  expect(w.object('sim.vivakube.dev/nodepools//gpu')?.status).toEqual({ nodes: 2, readyNodes: 2, selector: 'sim.vivakube.dev/pool=gpu' });
  expect(failures(w)).toEqual([]);
});

test('a new machine takes a moment to join', () => {
  const w = world({ workers: 1, timing: 'realistic' });
  w.create(pool('p', { count: 1 }));
  const ready = () => w.object('core/nodes//p-1')?.status.conditions.find((c: { type: string }) => c.type === 'Ready');
  const taints = () => w.object('core/nodes//p-1')?.spec.taints?.map((t: { key: string; effect: string }) => `${t.key}:${t.effect}`);
  expect(ready()).toMatchObject({ status: 'False', reason: 'KubeletNotReady' });
  expect(taints()).toEqual(['node.kubernetes.io/not-ready:NoSchedule', 'node.kubernetes.io/not-ready:NoExecute']);
  expect(w.object('sim.vivakube.dev/nodepools//p')?.status).toMatchObject({ nodes: 1, readyNodes: 0 });
  w.advance(15_000);
  expect(ready()).toMatchObject({ status: 'True', reason: 'KubeletReady' });
  expect(taints()).toBeUndefined();
  expect(w.object('sim.vivakube.dev/nodepools//p')?.status).toMatchObject({ nodes: 1, readyNodes: 1 });
  expect(failures(w)).toEqual([]);
});

test('nodes come and go with the count; for one that is deleted another comes', () => {
  const w = world({ workers: 1 });
  w.create(pool('p', { count: 3 }));
  w.request('PATCH', `${POOLS}/p/scale`, { spec: { replicas: 1 } }, MERGE);
  expect(nodes(w)).toEqual(['p-1', 'vivakube-control-plane', 'vivakube-worker']);
  expect(w.object('coordination.k8s.io/leases/kube-node-lease/p-2')).toBeUndefined();
  const before = w.object('core/nodes//p-1');
  w.request('DELETE', '/api/v1/nodes/p-1');
  expect(nodes(w)).toEqual(['vivakube-control-plane', 'vivakube-worker']);
  w.advance(120_000);
  const after = w.object('core/nodes//p-1');
  expect(after?.metadata.uid).not.toBe(before?.metadata.uid);
  expect(after?.status.addresses).toEqual(before?.status.addresses);
  w.request('DELETE', `${POOLS}/p`);
  expect(nodes(w)).toEqual(['vivakube-control-plane', 'vivakube-worker']);
  expect([...w.state.runtime.keys('node/p')]).toEqual([]);
  expect(failures(w)).toEqual([]);
});

test('what ran on a deleted node runs elsewhere by the time that another takes its place', () => {
  const w = world({ workers: 1, timing: 'realistic' });
  w.create(pool('p', { count: 1 }));
  w.advance(20_000);
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
  w.create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 4, selector: { matchLabels: { app: 'web' } }, template },
  });
  w.advance(20_000);
  w.request('DELETE', '/api/v1/nodes/p-1');
  w.advance(60_000);
  const at = () => w.objects('core/pods', 'default').map((p) => `${p.spec.nodeName} ${p.status.phase}`);
  expect(at()).toEqual(Array(4).fill('vivakube-worker Running'));
  expect(nodes(w)).not.toContain('p-1');
  w.advance(60_000);
  expect(nodes(w)).toContain('p-1');
  expect(failures(w)).toEqual([]);
});

test('a pool that is scaled down after a node was deleted gets no other', () => {
  const w = world({ workers: 1, timing: 'realistic' });
  w.create(pool('p', { count: 2 }));
  w.advance(20_000);
  w.request('DELETE', '/api/v1/nodes/p-1');
  w.request('PATCH', `${POOLS}/p/scale`, { spec: { replicas: 1 } }, MERGE);
  w.advance(300_000);
  expect(nodes(w)).toEqual(['p-2', 'vivakube-control-plane', 'vivakube-worker']);
  expect([...w.state.runtime.keys('node/p')]).toEqual(['node/p-2']);
});

test.each([
  [{ count: 51 }, 'spec.count'],
  [{ architecture: 'mips' }, 'spec.architecture'],
  [{ capacity: { cpu: 'many' } }, 'spec.capacity[cpu]'],
  [{ namePrefix: 'Upper' }, 'spec.namePrefix'],
  [{ labels: { 'a b': 'c' } }, 'spec.labels'],
  [{ labels: { 'kubernetes.io/hostname': 'x' } }, 'spec.labels[kubernetes.io/hostname]'],
])('%j is refused', (spec, field) => {
  const { code, body } = world().request('POST', POOLS, pool('p', spec));
  expect([code, body.details?.causes?.[0].field]).toEqual([422, field]);
});

test('a cluster has no more simulated workers than it may', () => {
  const w = world({ workers: 1 });
  w.create(pool('a', { count: 50 }));
  expect(w.object('sim.vivakube.dev/nodepools//a')?.status.nodes).toBe(49);
  expect(w.objects('core/events').map((e) => e.reason)).toContain('NodeLimitReached');
});

test('a new cluster keeps its workers in a pool', () => {
  const w = world({ system: true });
  expect(nodes(w)).toEqual(['vivakube-control-plane', 'vivakube-worker', 'vivakube-worker2']);
  w.request('PATCH', `${POOLS}/workers/scale`, { spec: { replicas: 3 } }, MERGE);
  expect(nodes(w)).toContain('vivakube-worker3');
  const onThird = w.objects('core/pods', 'kube-system').filter((pod) => pod.spec.nodeName === 'vivakube-worker3');
  expect(onThird.map((pod) => pod.status.phase)).toEqual(['Running', 'Running']);
});

test('a pool whose shape is changed warns that its nodes stay as they are', () => {
  const w = world({ workers: 1 });
  w.create(pool('p', { count: 1, capacity: { cpu: '2' } }));
  const { headers } = w.request('PATCH', `${POOLS}/p`, { spec: { count: 2, capacity: { cpu: '8' } } }, MERGE);
  expect(headers.filter(([name]) => name.toLowerCase() === 'warning').map(([, text]) => text)).toEqual([
    expect.stringContaining("spec.capacity: the pool's present nodes stay as they are"),
  ]);
  expect(['p-1', 'p-2'].map((name) => w.object(`core/nodes//${name}`)?.status.capacity.cpu)).toEqual(['2', '8']);
});
