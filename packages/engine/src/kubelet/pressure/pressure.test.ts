import { describe, expect, it } from 'vitest';
import { create, nginx, shell } from '../../../testing/kubelet-pods.ts';
import { failures, seen, told } from '../../../testing/transcript.ts';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';

const SIM = 'sim.vivakube.dev/';
const status = (w: World, name = 'p') => w.object(`core/pods/default/${name}`)?.status;
const using = (w: World, name: string, annotations: object, spec: object = {}) =>
  create(w, { containers: [nginx()], ...spec }, { name, annotations: Object.fromEntries(Object.entries(annotations).map(([k, v]) => [SIM + k, v])) });
const node = (w: World) => w.object('core/nodes//vivakube-worker') as KubeObject;
const condition = (w: World, type: string) => {
  const { status: is, reason, message } = node(w).status.conditions.find((c: { type: string }) => c.type === type);
  return [is, reason, message];
};

describe('memory', () => {
  it('a container that uses more than its limit is killed', () => {
    const w = world({ workers: 1 });
    using(w, 'p', { memory: '50Mi, 30s=120Mi' }, { restartPolicy: 'Never', containers: [nginx({ resources: { limits: { memory: '100Mi' } } })] });
    expect(seen(w.advance(29_999), 'p')).toBe('Running | c running ready');
    expect(seen(w.advance(1), 'p')).toBe('Failed | c OOMKilled:137');
  });

  it('the walkthrough of memory limits', () => {
    const w = world({ workers: 1 });
    const stress = { name: 'c', image: 'polinux/stress', command: ['stress'], args: ['--vm', '1', '--vm-bytes', '250M', '--vm-hang', '1'] };
    create(w, { restartPolicy: 'Never', containers: [{ ...stress, resources: { limits: { memory: '100Mi' } } }] });
    create(w, { containers: [{ ...stress, resources: { limits: { memory: '300Mi' } } }] }, { name: 'fits' });
    w.advance(1000);
    expect(seen(w, 'p')).toBe('Failed | c OOMKilled:137');
    expect(w.request('GET', '/apis/metrics.k8s.io/v1beta1/namespaces/default/pods/fits').body.containers[0].usage.memory).toMatch(/^2[4-6]\d{4}Ki$/);
  });

  it('a larger limit in time saves the container', () => {
    const w = world({ workers: 1 });
    using(
      w,
      'p',
      { memory: '50Mi, 30s=120Mi' },
      { containers: [nginx({ resources: { limits: { memory: '100Mi' }, requests: { memory: '50Mi' } } })] },
    );
    w.advance(10_000);
    const resources = { limits: { memory: '200Mi' } };
    w.request(
      'PATCH',
      '/api/v1/namespaces/default/pods/p/resize',
      { spec: { containers: [{ name: 'c', resources }] } },
      { contentType: 'application/strategic-merge-patch+json' },
    );
    expect(seen(w.advance(60_000), 'p')).toBe('Running | c running ready');
  });

  it('a node that runs out of it evicts who took more than asked for, the least important first', () => {
    const w = world({ workers: 1, timing: 'realistic' });
    const asks = (memory: string) => ({ containers: [nginx({ resources: { requests: { memory } } })] });
    using(w, 'modest', { memory: '3Gi' }, asks('3Gi'));
    using(w, 'greedy', { memory: '1Gi, 60s=5Gi' }, asks('1Gi'));
    using(w, 'small', { memory: '100Mi' });
    w.advance(60_000);
    expect(condition(w, 'MemoryPressure')).toEqual(['False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available']);
    w.advance(25_000);
    expect(failures(w)).toEqual([]);
    expect(status(w, 'greedy')).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message:
        'The node was low on resource: memory. Threshold quantity: 100Mi, available: 0. Container c was using 5Gi, request is 1Gi, has larger consumption of memory. ',
    });
    expect(status(w, 'greedy').conditions).toContainEqual(
      expect.objectContaining({ type: 'DisruptionTarget', reason: 'TerminationByKubelet', status: 'True' }),
    );
    expect([seen(w, 'modest'), seen(w, 'small')]).toEqual(['Running | c running ready', 'Running | c running ready']);
    expect(condition(w, 'MemoryPressure')).toEqual(['True', 'KubeletHasInsufficientMemory', 'kubelet has insufficient memory available']);
    expect(node(w).spec.taints).toContainEqual(expect.objectContaining({ key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' }));
    expect(told(w, 'vivakube-worker')).toEqual(
      expect.arrayContaining([
        'EvictionThresholdMet: Attempting to reclaim memory',
        'NodeHasInsufficientMemory: Node vivakube-worker status is now: NodeHasInsufficientMemory',
      ]),
    );
    create(w, { nodeName: 'vivakube-worker', containers: [nginx()] }, { name: 'late' });
    expect(status(w, 'late')).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: 'Pod was rejected: The node had condition: [MemoryPressure]. ',
    });
    w.advance(310_000);
    expect(condition(w, 'MemoryPressure')[0]).toBe('False');
    expect(node(w).spec.taints).toBeUndefined();
    expect([...w.state.runtime.keys('pressure/')]).toEqual([]);
  });
});

describe('disk', () => {
  it.each([
    [
      'an emptyDir',
      { 'emptydir.v': '1Mi, 20s=300Mi' },
      { volumes: [{ name: 'v', emptyDir: { sizeLimit: '256Mi' } }] },
      'Usage of EmptyDir volume "v" exceeds the limit "256Mi". ',
    ],
    [
      'a container',
      { 'ephemeral-storage.c': '20s=2Gi' },
      {
        containers: [
          nginx({ resources: { limits: { 'ephemeral-storage': '1Gi' } } }),
          shell('sleep 999', { name: 'd', resources: { limits: { 'ephemeral-storage': '4Gi' } } }),
        ],
      },
      'Container c exceeded its local ephemeral storage limit "1Gi". ',
    ],
    [
      'the pod',
      { 'ephemeral-storage': '20s=2Gi' },
      { containers: [nginx({ resources: { limits: { 'ephemeral-storage': '1Gi' } } })] },
      'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ',
    ],
  ])('%s above its limit costs the pod its place', (_, annotations, spec, message) => {
    const w = world({ workers: 1 });
    using(w, 'p', annotations, spec);
    expect(status(w.advance(19_999))?.phase).toBe('Running');
    expect(status(w.advance(1))).toMatchObject({ phase: 'Failed', reason: 'Evicted', message });
    expect(told(w, 'p')).toContain(`Evicted: ${message}`);
  });

  it('a full node collects images, then evicts', () => {
    const w = world({ workers: 1 });
    create(w, { restartPolicy: 'Never', containers: [shell('true')] }, { name: 'done' });
    w.request('DELETE', '/api/v1/namespaces/default/pods/done');
    using(w, 'p', { 'ephemeral-storage': '5s=90Gi' });
    w.advance(6000);
    expect(status(w)).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: expect.stringMatching(
        /^The node was low on resource: ephemeral-storage. Threshold quantity: 10Gi, available: \d+\w*. Container c was using 90Gi, request is 0, has larger consumption of ephemeral-storage. $/,
      ),
    });
    expect([...w.state.runtime.keys('images/vivakube-worker/')]).toEqual(['images/vivakube-worker/docker.io/library/nginx:1.25']);
    expect(told(w, 'vivakube-worker')).toContain('EvictionThresholdMet: Attempting to reclaim ephemeral-storage');
  });
});

it('is the same however time is cut', () => {
  const play = (steps: number[]): string => {
    const w = world({ timing: 'realistic', workers: 1 });
    using(w, 'p', { memory: '1Gi, 60s=9Gi' });
    using(w, 'q', { 'emptydir.v': '25s=2Gi' }, { volumes: [{ name: 'v', emptyDir: { sizeLimit: '1Gi' } }] });
    for (const ms of steps) w.advance(ms);
    return JSON.stringify([[...w.state.objects.values()].map((s) => s.object), [...w.state.runtime.entries()]]);
  };
  expect(play(Array.from({ length: 50 }, () => 10_007))).toBe(play([500_350]));
});
