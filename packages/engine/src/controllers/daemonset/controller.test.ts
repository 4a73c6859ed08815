import { describe, expect, test } from 'vitest';
import { said } from '../../../testing/jobs.ts';
import { daemonSet, patch } from '../../../testing/sets.ts';
import { type World, world } from '../../../testing/world.ts';

const SET = '/apis/apps/v1/namespaces/default/daemonsets/agent';
const OLD = 'nginx:1.14.2';
const NEW = 'nginx:1.16.1';
const EVERYWHERE = { tolerations: [{ operator: 'Exists' }] };
const status = (w: World) => w.object('apps/daemonsets/default/agent')?.status;
const pods = (w: World) => w.objects('core/pods', 'default');
const nodesOf = (w: World): string[] =>
  pods(w)
    .map((pod) => pod.spec.nodeName)
    .sort();
const imagesOf = (w: World): string[] =>
  pods(w)
    .map((pod) => `${pod.spec.nodeName} ${pod.spec.containers[0].image}`)
    .sort();
const revisions = (w: World) => w.objects('apps/controllerrevisions', 'default').sort((a, b) => a.revision - b.revision);
const setImage = (w: World, image: string) => patch(w, SET, { spec: { template: { spec: { containers: [{ name: 'c', image }] } } } });
const node = (w: World, name: string, body: object) => patch(w, `/api/v1/nodes/${name}`, body);

function running(podSpec: object = {}, spec: object = {}, workers = 2): World {
  const w = world({ timing: 'realistic', workers });
  w.apply(daemonSet(podSpec, spec));
  return w.advance(60_000);
}

describe('a pod runs', () => {
  test('on every node that lets it', () => {
    const w = running();
    expect(nodesOf(w)).toEqual(['vivakube-worker', 'vivakube-worker2']);
    expect(status(w)).toEqual({
      currentNumberScheduled: 2,
      numberMisscheduled: 0,
      desiredNumberScheduled: 2,
      numberReady: 2,
      observedGeneration: 1,
      updatedNumberScheduled: 2,
      numberAvailable: 2,
    });
    const [pod] = pods(w);
    expect(pod?.metadata.labels).toEqual({
      app: 'agent',
      'controller-revision-hash': revisions(w)[0]?.metadata.labels?.['controller-revision-hash'],
      'pod-template-generation': '1',
    });
    expect(pod?.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([
      { matchFields: [{ key: 'metadata.name', operator: 'In', values: [pod?.spec.nodeName] }] },
    ]);
    expect(pod?.spec.tolerations.slice(-6).map((t: { key: string; effect: string }) => `${t.key}:${t.effect}`)).toEqual([
      'node.kubernetes.io/not-ready:NoExecute',
      'node.kubernetes.io/unreachable:NoExecute',
      'node.kubernetes.io/disk-pressure:NoSchedule',
      'node.kubernetes.io/memory-pressure:NoSchedule',
      'node.kubernetes.io/pid-pressure:NoSchedule',
      'node.kubernetes.io/unschedulable:NoSchedule',
    ]);
    expect(said(w, 'agent').sort()).toEqual(
      pods(w)
        .map(({ metadata }) => `SuccessfulCreate: Created pod: ${metadata.name}`)
        .sort(),
    );
  });

  test('where a taint is tolerated', () =>
    expect(nodesOf(running(EVERYWHERE))).toEqual(['vivakube-control-plane', 'vivakube-worker', 'vivakube-worker2']));

  test('where the selector says so, also later', () => {
    const w = running({ nodeSelector: { disk: 'ssd' } });
    expect(nodesOf(w)).toEqual([]);
    node(w, 'vivakube-worker', { metadata: { labels: { disk: 'ssd' } } });
    w.advance(30_000);
    expect(nodesOf(w)).toEqual(['vivakube-worker']);
    node(w, 'vivakube-worker', { metadata: { labels: { disk: null } } });
    w.advance(30_000);
    expect(nodesOf(w)).toEqual([]);
    expect(status(w)).toMatchObject({ desiredNumberScheduled: 0, numberMisscheduled: 0 });
  });

  test('on a node that is cordoned', () => {
    const w = running();
    node(w, 'vivakube-worker', { spec: { unschedulable: true } });
    w.request('DELETE', `/api/v1/namespaces/default/pods?labelSelector=app%3Dagent`);
    w.advance(60_000);
    expect(nodesOf(w)).toEqual(['vivakube-worker', 'vivakube-worker2']);
  });

  test('on, but is misplaced, where a taint only keeps new ones away', () => {
    const w = running();
    node(w, 'vivakube-worker', { spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] } });
    w.advance(10_000);
    expect(nodesOf(w)).toEqual(['vivakube-worker', 'vivakube-worker2']);
    expect(status(w)).toMatchObject({ desiredNumberScheduled: 1, numberMisscheduled: 1 });
  });
});

describe('an update', () => {
  test('replaces one at a time', () => {
    const w = running();
    setImage(w, NEW);
    expect(pods(w).filter(({ metadata }) => metadata.deletionTimestamp)).toHaveLength(1);
    expect(status(w)).toMatchObject({ numberReady: 2 });
    w.advance(60_000);
    expect(imagesOf(w)).toEqual([`vivakube-worker ${NEW}`, `vivakube-worker2 ${NEW}`]);
    expect(status(w)).toMatchObject({ updatedNumberScheduled: 2, numberAvailable: 2, observedGeneration: 2 });
    expect(revisions(w).map(({ revision }) => revision)).toEqual([1, 2]);
  });

  test('stops where new pods do not become available', () => {
    const w = running();
    setImage(w, 'nginx:1.161');
    w.advance(120_000);
    expect(imagesOf(w).filter((image) => image.endsWith(OLD))).toHaveLength(1);
    expect(status(w)).toMatchObject({ updatedNumberScheduled: 1, numberAvailable: 1, numberUnavailable: 1 });
    setImage(w, OLD);
    w.advance(60_000);
    expect(imagesOf(w)).toEqual([`vivakube-worker ${OLD}`, `vivakube-worker2 ${OLD}`]);
    expect(revisions(w).map(({ revision }) => revision)).toEqual([2, 3]);
  });

  test('puts new pods beside old ones where it may', () => {
    const w = running({}, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } });
    setImage(w, NEW);
    expect(pods(w)).toHaveLength(3);
    expect(pods(w).every(({ metadata }) => metadata.deletionTimestamp === undefined)).toBe(true);
    w.advance(120_000);
    expect(imagesOf(w)).toEqual([`vivakube-worker ${NEW}`, `vivakube-worker2 ${NEW}`]);
  });

  test('leaves pods alone until somebody deletes them', () => {
    const w = running({}, { updateStrategy: { type: 'OnDelete' } });
    setImage(w, NEW);
    w.advance(60_000);
    expect(imagesOf(w)).toEqual([`vivakube-worker ${OLD}`, `vivakube-worker2 ${OLD}`]);
    w.request('DELETE', `/api/v1/namespaces/default/pods/${pods(w)[0]?.metadata.name}`);
    w.advance(60_000);
    expect(imagesOf(w).filter((image) => image.endsWith(NEW))).toHaveLength(1);
  });
});

test('a failed pod is removed and made anew, later and later', () => {
  const w = running({}, {}, 1);
  const fail = (): void => {
    const [pod] = pods(w);
    w.request(
      'PATCH',
      `/api/v1/namespaces/default/pods/${pod?.metadata.name}/status`,
      { status: { phase: 'Failed', reason: 'Evicted' } },
      { contentType: 'application/merge-patch+json' },
    );
  };
  const before = pods(w)[0]?.metadata.name;
  fail();
  expect(said(w, 'agent')).toContain(`FailedDaemonPod: Found failed daemon pod default/${before} on node vivakube-worker, will try to kill it`);
  w.advance(30_000);
  expect(pods(w)).toHaveLength(1);
  expect(pods(w)[0]?.metadata.name).not.toBe(before);
  w.request('DELETE', SET, { propagationPolicy: 'Background' });
  w.advance(30_000);
  expect(pods(w)).toEqual([]);
  expect([...w.state.runtime.keys('daemon-backoff/')]).toEqual([]);
});
