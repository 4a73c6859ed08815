import { describe, expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const NODE = 'vivakube-worker';
const MERGE = { contentType: 'application/merge-patch+json' };

const fault = (w: World, value: string | null): void => {
  w.request('PATCH', `/api/v1/nodes/${NODE}`, { metadata: { annotations: { 'sim.vivakube.dev/fault': value } } }, MERGE);
};
const node = (w: World) => w.object(`core/nodes//${NODE}`);
const ready = (w: World) => node(w)?.status.conditions.find((c: { type: string }) => c.type === 'Ready');
const taints = (w: World): string[] => (node(w)?.spec.taints ?? []).map((t: { key: string; effect: string }) => `${t.key.slice(19)}:${t.effect}`);
const told = (w: World, name: string, component: string): string[] =>
  w
    .objects('core/events')
    .filter((e) => e.involvedObject.name === name && e.source.component === component)
    .map((e) => `${e.reason}: ${e.message}`)
    .sort();
const failures = (w: World): unknown[] => [...w.state.runtime.entries('failure/')];

function running(more: object = {}): World {
  const w = world({ timing: 'realistic' });
  const spec = { nodeName: NODE, terminationGracePeriodSeconds: 1, containers: [{ name: 'c', image: 'nginx' }], ...more };
  w.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec });
  w.advance(20_000);
  return w;
}
const pod = (w: World) => w.object('core/pods/default/p');
const podReady = (w: World): string => pod(w)?.status.conditions.find((c: { type: string }) => c.type === 'Ready').status;

describe('a node that falls silent', () => {
  test('is lost after its grace, is tainted, and loses its pods after their patience', () => {
    const w = running();
    fault(w, 'NetworkPartition');
    w.advance(39_000);
    expect(ready(w)).toMatchObject({ status: 'True' });
    w.advance(12_000);
    expect(ready(w)).toMatchObject({ status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' });
    expect(taints(w)).toEqual(['unreachable:NoSchedule', 'unreachable:NoExecute']);
    expect(told(w, NODE, 'node-controller')).toEqual([`NodeNotReady: Node ${NODE} status is now: NodeNotReady`]);
    expect(podReady(w)).toBe('False');
    w.advance(295_000);
    expect(pod(w)?.metadata.deletionTimestamp).toBeUndefined();
    w.advance(10_000);
    expect(pod(w)?.metadata.deletionTimestamp).toBeDefined();
    expect(pod(w)?.status.conditions).toContainEqual(expect.objectContaining({ type: 'DisruptionTarget', reason: 'DeletionByTaintManager' }));
    expect(told(w, 'p', 'taint-eviction-controller')).toEqual(['TaintManagerEviction: Marking for deletion Pod default/p']);
    w.advance(3_600_000);
    expect(pod(w)).toBeDefined();
    fault(w, null);
    expect(ready(w)).toMatchObject({ status: 'True', reason: 'KubeletReady' });
    expect(taints(w)).toEqual([]);
    w.advance(5000);
    expect(pod(w)).toBeUndefined();
    expect(failures(w)).toEqual([]);
  });

  test('and recovers in time keeps its pods', () => {
    const w = running();
    fault(w, 'KubeletStopped');
    w.advance(100_000);
    expect(podReady(w)).toBe('False');
    fault(w, null);
    w.advance(2000);
    expect(podReady(w)).toBe('True');
    expect(pod(w)?.status.containerStatuses[0].restartCount).toBe(0);
    expect(told(w, 'p', 'taint-eviction-controller')).toEqual(['TaintManagerEviction: Cancelling deletion of Pod default/p']);
    w.advance(600_000);
    expect(pod(w)?.metadata.deletionTimestamp).toBeUndefined();
    expect([...w.state.runtime.keys('tainteviction/')]).toEqual([]);
  });

  test('shows its last heartbeat and lease, and a reboot ends what ran', () => {
    const w = running();
    fault(w, 'Down');
    const lease = (): string => w.request('GET', `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${NODE}`).body.spec.renewTime;
    const last = lease();
    w.advance(30_000);
    expect(lease()).toBe(last);
    fault(w, null);
    w.advance(30_000);
    expect(lease() > last).toBe(true);
    expect(pod(w)?.status.containerStatuses[0]).toMatchObject({ restartCount: 1, ready: true, lastState: { terminated: { exitCode: 255 } } });
    expect(ready(w)).toMatchObject({ status: 'True' });
    expect(failures(w)).toEqual([]);
  });
});

test('pods leave a lost node for good once it is declared out of service', () => {
  const w = running({ tolerations: [{ operator: 'Exists' }] });
  fault(w, 'Down');
  w.advance(60_000);
  w.request('DELETE', '/api/v1/namespaces/default/pods/p');
  w.advance(60_000);
  expect(pod(w)?.metadata.deletionTimestamp).toBeDefined();
  const taint = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' };
  w.request('PATCH', `/api/v1/nodes/${NODE}`, { spec: { taints: [...(node(w)?.spec.taints ?? []), taint] } }, MERGE);
  expect(pod(w)).toBeUndefined();
  expect(failures(w)).toEqual([]);
});

describe('taints', () => {
  test('a cordoned node is tainted until it is uncordoned', () => {
    const w = world();
    w.request('PATCH', `/api/v1/nodes/${NODE}`, { spec: { unschedulable: true } }, MERGE);
    expect(node(w)?.spec.taints).toEqual([{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: expect.any(String) }]);
    w.request('PATCH', `/api/v1/nodes/${NODE}`, { spec: { unschedulable: null } }, MERGE);
    expect(node(w)?.spec.taints).toBeUndefined();
  });

  test.each([
    ['no toleration', [], 0],
    ['a toleration for a minute', [{ key: 'sick', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }], 60_000],
  ])('a pod with %s leaves a NoExecute taint', (_what, tolerations, ms) => {
    const w = running({ tolerations });
    w.request('PATCH', `/api/v1/nodes/${NODE}`, { spec: { taints: [{ key: 'sick', effect: 'NoExecute' }] } }, MERGE);
    if (ms > 0) {
      w.advance(ms - 1);
      expect(pod(w)?.metadata.deletionTimestamp).toBeUndefined();
      w.advance(1);
    }
    expect(pod(w)?.metadata.deletionTimestamp).toBeDefined();
  });
});

test('a node that nobody runs is lost a minute after it was written down', () => {
  const w = world();
  w.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'paper' } });
  w.advance(60_000);
  const paper = w.object('core/nodes//paper');
  expect(paper?.status.conditions.find((c: { type: string }) => c.type === 'Ready')).toMatchObject({
    status: 'Unknown',
    reason: 'NodeStatusNeverUpdated',
  });
  expect(paper?.spec.taints.map((t: { key: string }) => t.key)).toContain('node.kubernetes.io/unreachable');
});

describe('when many nodes fall silent', () => {
  const evicts = (w: World, name: string): boolean =>
    (w.object(`core/nodes//${name}`)?.spec.taints ?? []).some(
      (t: { key: string; effect: string }) => t.key.endsWith('unreachable') && t.effect === 'NoExecute',
    );
  const cut = (w: World, names: readonly string[], value: string | null = 'NetworkPartition'): void => {
    for (const name of names) w.request('PATCH', `/api/v1/nodes/${name}`, { metadata: { annotations: { 'sim.vivakube.dev/fault': value } } }, MERGE);
  };
  const workers = (w: World): string[] =>
    w
      .objects('core/nodes')
      .map(({ metadata }) => metadata.name as string)
      .slice(1);

  test('pods leave one node after the other', () => {
    const w = world({ timing: 'realistic', workers: 5 });
    const [a, b] = workers(w) as [string, string];
    cut(w, [a, b]);
    w.advance(50_000);
    expect([a, b].map((name) => evicts(w, name))).toEqual([true, false]);
    w.advance(10_000);
    expect([a, b].map((name) => evicts(w, name))).toEqual([true, true]);
  });

  test('most of a zone: nobody is evicted until it recovers', () => {
    const w = world({ timing: 'realistic', workers: 4 });
    const [a, b, c] = workers(w) as [string, string, string];
    cut(w, [a, b, c]);
    w.advance(400_000);
    expect([a, b, c].filter((name) => evicts(w, name))).toEqual([]);
    cut(w, [c], null);
    expect([a, b].map((name) => evicts(w, name))).toEqual([true, false]);
    w.advance(10_000);
    expect([a, b].map((name) => evicts(w, name))).toEqual([true, true]);
    expect(failures(w)).toEqual([]);
  });

  test('every node there is: it is the control plane that has a problem', () => {
    const w = world({ timing: 'realistic', workers: 1 });
    const all = w.objects('core/nodes').map(({ metadata }) => metadata.name as string);
    cut(w, [all[1] as string]);
    w.advance(60_000);
    expect(evicts(w, all[1] as string)).toBe(true);
    cut(w, [all[0] as string]);
    w.advance(60_000);
    expect(all.filter((name) => evicts(w, name))).toEqual([]);
  });
});

test('a node that is switched on again says so, and a fault that nobody knows is not ignored in silence', () => {
  const w = running();
  fault(w, 'down');
  w.advance(120_000);
  const boot = node(w)?.status.nodeInfo.bootID;
  fault(w, null);
  expect(node(w)?.status.nodeInfo.bootID).not.toBe(boot);
  expect(told(w, NODE, 'kubelet')).toContain(`Rebooted: Node ${NODE} has been rebooted, boot id: ${node(w)?.status.nodeInfo.bootID}`);
  expect(told(w, NODE, 'kubelet')).toContain('Starting: Starting kubelet.');
  const { headers } = w.request('PATCH', `/api/v1/nodes/${NODE}`, { metadata: { annotations: { 'sim.vivakube.dev/fault': 'tired' } } }, MERGE);
  expect(headers.find(([name]) => name.toLowerCase() === 'warning')?.[1]).toContain('unknown fault');
});

test('a node that is cordoned says so, and when it is not any more', () => {
  const w = world();
  for (const unschedulable of [true, null]) w.request('PATCH', `/api/v1/nodes/${NODE}`, { spec: { unschedulable } }, MERGE);
  expect(told(w, NODE, 'kubelet')).toEqual([
    `NodeNotSchedulable: Node ${NODE} status is now: NodeNotSchedulable`,
    `NodeSchedulable: Node ${NODE} status is now: NodeSchedulable`,
  ]);
});
