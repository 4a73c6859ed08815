import { describe, expect, it } from 'vitest';
import { type World, world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';
import { Txn } from '../core/txn.ts';
import { indexer } from '../engine.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import { ActivePods } from './active.ts';
import { explainSchedule } from './explain.ts';

const pod = (name: string, spec: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
  }) as KubeObject;
const asking = (cpu: string) => ({ containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }] });
const nodeOf = (w: World, name: string): string | undefined => w.object(`core/pods/default/${name}`)?.spec.nodeName;
const scheduled = (w: World, name: string) =>
  w.object(`core/pods/default/${name}`)?.status.conditions.find((c: { type: string }) => c.type === 'PodScheduled');
const refusals = (w: World): KubeObject[] => w.objects('core/events').filter((e) => e.reason === 'FailedScheduling');
const patchNode = (w: World, name: string, body: object) =>
  w.request('PATCH', `/api/v1/nodes/${name}`, body, { contentType: 'application/strategic-merge-patch+json' });

describe('a pod that fits', () => {
  it('is bound and says where', () => {
    const w = world({ workers: 1 });
    w.create(pod('a'));
    expect(nodeOf(w, 'a')).toBe('vivakube-worker');
    expect(scheduled(w, 'a')).toMatchObject({ status: 'True', observedGeneration: 1 });
    const event = w.objects('core/events').find((e) => e.reason === 'Scheduled');
    expect(event).toMatchObject({ message: 'Successfully assigned default/a to vivakube-worker', source: { component: 'default-scheduler' } });
  });

  it('is left to another scheduler that it asks for', () => {
    const w = world({ workers: 1 });
    w.create(pod('a', { schedulerName: 'mine' }));
    expect(nodeOf(w, 'a')).toBeUndefined();
  });

  it('waits for its gates', () => {
    const w = world({ workers: 1 });
    w.create(pod('a', { schedulingGates: [{ name: 'x.io/g' }] }));
    expect(scheduled(w, 'a')).toMatchObject({ status: 'False', reason: 'SchedulingGated' });
    w.request('PATCH', '/api/v1/namespaces/default/pods/a', { spec: { schedulingGates: null } }, { contentType: 'application/merge-patch+json' });
    expect(nodeOf(w, 'a')).toBe('vivakube-worker');
  });

  it('replicas of a workload are spread over the nodes', () => {
    const w = world({ workers: 3 });
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
    w.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web', namespace: 'default' },
      spec: { replicas: 6, selector: { matchLabels: { app: 'web' } }, template },
    } as KubeObject);
    const perNode = new Map<string, number>();
    for (const p of w.objects('core/pods', 'default')) perNode.set(p.spec.nodeName, (perNode.get(p.spec.nodeName) ?? 0) + 1);
    expect([...perNode.values()]).toEqual([2, 2, 2]);
  });
});

describe('a pod that fits nowhere', () => {
  const SENTENCE =
    "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.";

  it('stays Pending and says why, in its condition and in an event', () => {
    const w = world({ workers: 1 });
    w.create(pod('a', { nodeSelector: { disk: 'ssd' } }));
    expect(w.object('core/pods/default/a')?.status.phase).toBe('Pending');
    expect(scheduled(w, 'a')).toMatchObject({ status: 'False', reason: 'Unschedulable', message: SENTENCE });
    expect(refusals(w).map((e) => e.message)).toEqual([SENTENCE]);
  });

  it('is tried again when a label may help', () => {
    const w = world({ workers: 1, timing: 'realistic' });
    w.create(pod('a', { nodeSelector: { disk: 'ssd' } }));
    patchNode(w, 'vivakube-worker', { metadata: { labels: { disk: 'ssd' } } });
    expect(nodeOf(w.advance(999), 'a')).toBeUndefined();
    expect(nodeOf(w.advance(1), 'a')).toBe('vivakube-worker');
    expect([...w.state.runtime.keys('scheduler/waiting/')]).toEqual([]);
  });

  it('is not tried again for what cannot help', () => {
    const w = world({ workers: 1 });
    w.create(pod('a', { nodeSelector: { disk: 'ssd' } }));
    w.create(pod('b'));
    w.request('DELETE', '/api/v1/namespaces/default/pods/b');
    w.advance(10_000);
    expect(refusals(w)[0]?.count).toBe(1);
  });

  it('is tried again when a pod makes room, a node comes, a taint goes', () => {
    const w = world({ workers: 1 });
    w.create(pod('big', asking('3')));
    w.create(pod('next', asking('2')));
    expect(nodeOf(w, 'next')).toBeUndefined();
    w.request('DELETE', '/api/v1/namespaces/default/pods/big');
    expect(nodeOf(w, 'next')).toBe('vivakube-worker');
    w.create(pod('third', asking('3')));
    patchNode(w, 'vivakube-control-plane', { spec: { taints: null } });
    expect(nodeOf(w, 'third')).toBe('vivakube-control-plane');
  });

  it('is left alone after an hour of trying', () => {
    const w = world({ workers: 1 });
    w.create(pod('a', asking('100')));
    w.advance(2 * 3_600_000);
    expect([...w.state.timerDue.keys()].filter((id) => id.startsWith('scheduler|'))).toEqual([]);
    expect(scheduled(w, 'a')?.message).toContain('Insufficient cpu');
  });

  it('without nodes', () => {
    const w = world({ workers: 0 });
    w.create(pod('a'));
    expect(scheduled(w, 'a')).toMatchObject({ reason: 'Unschedulable', message: 'no nodes available to schedule pods' });
  });
});

describe('what is kept', () => {
  const explain = (w: World, name: string) =>
    explainSchedule(new Txn(w.state, indexer), w.object(`core/pods/default/${name}`)?.metadata.uid as string);

  it('explains a choice', () => {
    const w = world({ workers: 2 });
    w.create(pod('a'));
    const attempt = explain(w, 'a');
    expect(attempt).toMatchObject({ nodes: 3, evaluated: 3, feasible: 2, chosen: nodeOf(w, 'a') });
    expect(attempt?.refusals).toEqual([
      {
        plugin: 'TaintToleration',
        code: 'UnschedulableAndUnresolvable',
        reasons: ['node(s) had untolerated taint(s)'],
        count: 1,
        nodes: ['vivakube-control-plane'],
      },
    ]);
    expect(attempt?.candidates?.[0]?.node).toBe(nodeOf(w, 'a'));
  });

  it('is forgotten with the pod', () => {
    const w = world({ workers: 1 });
    w.create(pod('a', asking('100')));
    w.create(pod('b'));
    for (const name of ['a', 'b']) w.request('DELETE', `/api/v1/namespaces/default/pods/${name}`);
    expect([...w.state.runtime.keys('schedule')]).toEqual([]);
  });
});

it('the queue knows who goes first', () => {
  const active = new ActivePods();
  const of = (name: string, priority: number) => [name, pod(name, { priority }) as PodObject] as const;
  for (const [key, object] of [of('b', 5), of('a', 5), of('c', 9), of('d', 0)]) active.set(key, object);
  expect(active.above(0)).toEqual(['c', 'a', 'b']);
  active.set('c', { ...pod('c', { priority: 9, nodeName: 'n' }) } as PodObject);
  active.set('a', undefined);
  expect(active.above(0)).toEqual(['b']);
  expect(active.above(5)).toEqual([]);
});

it('more important pods go first', () => {
  const w = world({ workers: 0 });
  for (const [name, value] of [
    ['a-low', 1],
    ['z-high', 1000],
  ] as const) {
    w.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value } as KubeObject);
  }
  const template = (priorityClassName: string) => ({ metadata: { labels: { app: priorityClassName } }, spec: { priorityClassName, ...asking('3') } });
  const set = (name: string) =>
    w.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name, namespace: 'default' },
      spec: { replicas: 1, selector: { matchLabels: { app: name } }, template: template(name) },
    } as KubeObject);
  set('a-low');
  set('z-high');
  w.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } } as KubeObject);
  w.request(
    'PATCH',
    '/api/v1/nodes/n/status',
    { status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } } },
    { contentType: 'application/strategic-merge-patch+json' },
  );
  w.advance(1000);
  const bound = w.objects('core/pods', 'default').filter((p) => p.spec.nodeName);
  expect(bound.map((p) => p.metadata.labels?.app)).toEqual(['z-high']);
});
