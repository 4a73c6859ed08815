import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import { podInfoOf } from '../pod-info.ts';
import { pod } from '../testing.ts';
import { type Candidate, pickCandidate } from './victims.ts';

const CLASSES: [name: string, value: number, preemptionPolicy?: string][] = [
  ['low', 10],
  ['high', 1000],
  ['patient', 1000, 'Never'],
];

/** Three nodes of four CPUs, of which two take pods. */
function small(): World {
  const w = world({ timing: 'realistic' });
  for (const [name, value, preemptionPolicy = 'PreemptLowerPriority'] of CLASSES) {
    w.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value, preemptionPolicy });
  }
  return w;
}

const asking = (name: string, cpu: string, priorityClassName: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels: { app: name } },
  spec: { priorityClassName, containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }], ...more },
});
const at = (w: World, name: string) => w.object(`core/pods/default/${name}`);
const told = (w: World, name: string): string[] =>
  w
    .objects('core/events')
    .filter((e) => e.involvedObject.name === name && ['FailedScheduling', 'Preempted'].includes(e.reason))
    .map((e) => e.message);

function full(): World {
  const w = small();
  for (const name of ['a', 'b']) w.create(asking(name, '3', 'low'));
  w.advance(30_000);
  return w;
}

test('a more important pod makes a less important one go, gracefully', () => {
  const w = full();
  w.create(asking('big', '2', 'high'));
  const nominated = at(w, 'big')?.status.nominatedNodeName;
  const victim = ['a', 'b'].find((name) => at(w, name)?.metadata.deletionTimestamp) as string;
  expect(at(w, victim)?.spec.nodeName).toBe(nominated);
  expect(at(w, victim)?.status.conditions.find((c: { type: string }) => c.type === 'DisruptionTarget')).toMatchObject({
    status: 'True',
    reason: 'PreemptionByScheduler',
    message: 'default-scheduler: preempting to accommodate a higher priority pod',
  });
  expect(told(w, victim)).toEqual([`Preempted by pod ${at(w, 'big')?.metadata.uid} on node ${nominated}`]);
  expect(told(w, 'big')).toEqual(['0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu.']);
  w.advance(60_000);
  expect(at(w, victim)).toBeUndefined();
  expect(at(w, 'big')).toMatchObject({ spec: { nodeName: nominated }, status: { phase: 'Running' } });
  expect(at(w, 'big')?.status.nominatedNodeName).toBeUndefined();
  expect([...w.state.runtime.keys('scheduler/')]).toEqual([]);
  expect([...w.state.runtime.entries('failure/')]).toEqual([]);
});

test.each([
  ['of the same priority', asking('big', '2', 'low'), '2 No preemption victims found for incoming pod'],
  ['that is larger than any node', asking('big', '5', 'high'), '2 Insufficient cpu'],
])('a pod %s makes nobody go', (_what, wanted, reason) => {
  const w = full();
  w.create(wanted);
  expect(told(w, 'big')[0]).toContain(reason);
  expect(['a', 'b'].map((name) => at(w, name)?.metadata.deletionTimestamp)).toEqual([undefined, undefined]);
});

test('a pod that never preempts says so', () => {
  const w = full();
  w.create(asking('big', '2', 'patient'));
  expect(told(w, 'big')).toEqual([
    '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
  ]);
});

test('the room that is made is kept for the pod it was made for', () => {
  const w = full();
  w.create(asking('big', '3', 'high', { nodeSelector: { 'kubernetes.io/hostname': at(w, 'a')?.spec.nodeName } }));
  w.create(asking('late', '3', 'low'));
  w.advance(120_000);
  expect(at(w, 'big')?.status.phase).toBe('Running');
  expect(at(w, 'late')?.status.phase).toBe('Pending');
});

test('the node whose going costs least is picked', () => {
  const victim = (name: string, priority: number, startTime: string) => {
    const made = pod(name, { priority, nodeName: 'n' });
    return podInfoOf({ ...made, status: { startTime } } as never);
  };
  const candidate = (name: string, violations: number, ...victims: Candidate['victims']): Candidate => ({ node: name, violations, victims });
  const old = '2026-01-01T00:00:00Z';
  const young = '2026-01-02T00:00:00Z';
  const table: [Candidate[], string][] = [
    [[candidate('budget', 1, victim('a', 1, old)), candidate('free', 0, victim('b', 9, old))], 'free'],
    [[candidate('higher', 0, victim('a', 9, old)), candidate('lower', 0, victim('b', 5, old))], 'lower'],
    [[candidate('two', 0, victim('a', 5, old), victim('b', 1, old)), candidate('one', 0, victim('c', 5, old))], 'one'],
    [[candidate('old', 0, victim('a', 5, old)), candidate('young', 0, victim('b', 5, young))], 'young'],
    [[candidate('first', 0, victim('a', 5, old)), candidate('second', 0, victim('b', 5, old))], 'first'],
  ];
  for (const [candidates, name] of table) expect(pickCandidate(candidates).node).toBe(name);
});

test.each([
  ['a', 'z'],
  ['z', 'a'],
])('where pods may be tried again at one instant, the more important goes first: %s before %s', (first, second) => {
  const w = small();
  w.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'highest' }, value: 2000, preemptionPolicy: 'Never' });
  const nodeSelector = { 'kubernetes.io/hostname': 'vivakube-worker' };
  w.create(asking('there', '3', 'low', { nodeSelector, terminationGracePeriodSeconds: 0 }));
  w.advance(30_000);
  w.create(asking(first, '3', 'highest', { nodeSelector }));
  w.create(asking(second, '3', 'high', { nodeSelector }));
  expect(at(w, second)?.status.nominatedNodeName).toBe('vivakube-worker');
  w.advance(30_000);
  expect([at(w, first)?.spec.nodeName, at(w, second)?.spec.nodeName]).toEqual(['vivakube-worker', undefined]);
});

test('a claim of one pod at a time is kept for the pod that it has been promised to', () => {
  const w = small();
  w.create({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'once', namespace: 'default' },
    spec: { accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '1Gi' } } },
  });
  const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'once' } }];
  const more = { volumes, nodeSelector: { 'kubernetes.io/hostname': 'vivakube-worker' } };
  w.create(asking('there', '1m', 'low', { ...more, terminationGracePeriodSeconds: 0 }));
  w.advance(30_000);
  w.create(asking('other', '1m', 'low', more));
  w.advance(5_000);
  w.create(asking('big', '1m', 'high', more));
  w.advance(60_000);
  expect([at(w, 'there'), at(w, 'other')?.status.phase, at(w, 'big')?.status.phase]).toEqual([undefined, 'Pending', 'Running']);
});
