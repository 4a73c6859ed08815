import { describe, expect, it } from 'vitest';
import { create, nginx } from '../../testing/kubelet-pods.ts';
import { seen, told } from '../../testing/transcript.ts';
import { type World, world } from '../../testing/world.ts';
import type { KubeObject } from '../core/object.ts';

const size = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { cpu, memory } });
const pod = (w: World, name = 'p') => w.object(`core/pods/default/${name}`) as KubeObject;
const resize = (w: World, resources: object, name = 'p') =>
  w.request(
    'PATCH',
    `/api/v1/namespaces/default/pods/${name}/resize`,
    { spec: { containers: [{ name: 'c', resources }] } },
    { contentType: 'application/strategic-merge-patch+json' },
  );
const conditions = (w: World) =>
  pod(w)
    .status.conditions.filter((c: { type: string }) => c.type.startsWith('PodResize'))
    .map((c: { type: string; reason?: string; message?: string }) => [c.type, c.reason, c.message]);
const shown = (w: World) => {
  const [{ allocatedResources, resources }] = pod(w).status.containerStatuses;
  return [allocatedResources.cpu, resources.requests.cpu, resources.limits.cpu];
};

describe('resize in place', () => {
  const started = (more: object = {}, timing: 'realistic' | 'instant' = 'realistic'): World => {
    const w = world({ workers: 1, timing });
    create(w, { containers: [nginx({ resources: size('500m', '100Mi'), ...more })] });
    return w.advance(10_000);
  };

  it('is allocated at once and takes effect a moment later, without a restart', () => {
    const w = started();
    expect(resize(w, size('1', '100Mi')).code).toBe(200);
    expect(shown(w)).toEqual(['1', '500m', '500m']);
    expect(conditions(w)).toEqual([['PodResizeInProgress', undefined, undefined]]);
    w.advance(1000);
    expect(shown(w)).toEqual(['1', '1', '1']);
    expect(conditions(w)).toEqual([]);
    expect(seen(w, 'p')).toBe('Running | c running ready');
    const summary = `{"containers":[{"name":"c","resources":${JSON.stringify(pod(w).spec.containers[0].resources)}}],"generation":2}`;
    expect(told(w, 'p')).toEqual(
      expect.arrayContaining([`ResizeStarted: Pod resize started: ${summary}`, `ResizeCompleted: Pod resize completed: ${summary}`]),
    );
  });

  it('restarts a container that asks for it', () => {
    const w = started({ resizePolicy: [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }] });
    resize(w, size('1', '100Mi'));
    expect(seen(w.advance(5000), 'p')).toBe('Running | c running ready');
    resize(w, size('1', '200Mi'));
    expect(seen(w.advance(5000), 'p')).toBe('Running | c running ready x1');
    expect(told(w, 'p')).toContain('Killing: Container c resize requires restart');
  });

  it('what no node of this size could hold is infeasible', () => {
    const w = started();
    resize(w, size('100', '100Mi'));
    const message = "Node didn't have enough capacity: cpu, requested: 100000, capacity: 4000";
    expect(conditions(w)).toEqual([['PodResizePending', 'Infeasible', message]]);
    expect(shown(w)).toEqual(['500m', '500m', '500m']);
    expect(told(w, 'p')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ResizeInfeasible: Pod resize Infeasible: \{.*"error":"Node didn't have enough capacity/)]),
    );
    resize(w, size('500m', '100Mi'));
    expect(conditions(w)).toEqual([]);
  });

  it('what does not fit now waits until it does', () => {
    const w = started({}, 'instant');
    w.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'q', namespace: 'default' },
      spec: { containers: [nginx({ resources: size('3', '100Mi') })] },
    } as KubeObject);
    resize(w, size('2', '100Mi'));
    expect(conditions(w)).toEqual([
      ['PodResizePending', 'Deferred', "Node didn't have enough resource: cpu, requested: 2000, used: 3000, capacity: 4000"],
    ]);
    w.request('DELETE', '/api/v1/namespaces/default/pods/q');
    expect(conditions(w)).toEqual([]);
    expect(shown(w)).toEqual(['2', '2', '2']);
    expect([...w.state.runtime.keys('kubelet-await/')]).toEqual([]);
  });

  it('counts for the scheduler while it waits', () => {
    const w = started({}, 'instant');
    const other = (name: string, cpu: string) =>
      w.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default' },
        spec: { containers: [nginx({ resources: size(cpu, '10Mi') })] },
      } as KubeObject);
    other('q', '2');
    resize(w, size('3', '100Mi'));
    other('r', '1');
    expect(pod(w, 'r').spec.nodeName).toBeUndefined();
    resize(w, size('100', '100Mi'));
    w.advance(5000);
    expect(pod(w, 'r').spec.nodeName).toBe('vivakube-worker');
  });

  it('is weighed by quotas', () => {
    const w = started();
    w.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'rq', namespace: 'default' },
      spec: { hard: { 'requests.cpu': '600m' } },
    } as KubeObject);
    w.advance(1000);
    expect(resize(w, size('1', '100Mi'))).toMatchObject({
      code: 403,
      body: {
        message: 'pods "p" is forbidden: exceeded quota: rq, requested: requests.cpu=500m, used: requests.cpu=500m, limited: requests.cpu=600m',
      },
    });
  });
});

it('a pod is resized as a whole', () => {
  const w = world({ workers: 1, timing: 'realistic' });
  create(w, { resources: size('500m', '100Mi'), containers: [nginx()] });
  w.advance(10_000);
  const whole = () => [pod(w).status.allocatedResources.cpu, pod(w).status.resources.requests.cpu];
  const ask = (cpu: string) =>
    w.request(
      'PATCH',
      '/api/v1/namespaces/default/pods/p/resize',
      { spec: { resources: size(cpu, '100Mi') } },
      { contentType: 'application/strategic-merge-patch+json' },
    );
  expect(whole()).toEqual(['500m', '500m']);
  expect(ask('1').code).toBe(200);
  expect(whole()).toEqual(['1', '500m']);
  expect(whole.call(w.advance(1000))).toEqual(['1', '1']);
  ask('100');
  expect(conditions(w)).toEqual([['PodResizePending', 'Infeasible', "Node didn't have enough capacity: cpu, requested: 100000, capacity: 4000"]]);
  expect(whole()).toEqual(['1', '1']);
});

it('memory that is in use is not taken away', () => {
  const w = world({ workers: 1, timing: 'realistic' });
  create(w, { containers: [nginx({ resources: size('500m', '200Mi') })] }, { annotations: { 'sim.vivakube.dev/memory': '150Mi, 120s=50Mi' } });
  w.advance(30_000);
  resize(w, size('500m', '100Mi'));
  w.advance(5000);
  const why = (what: string) => `attempting to set ${what} memory limit (104857600) below current usage (157286400)`;
  const message = `cannot decrease memory limits: [${why('pod')}, ${why('container "c"')}]`;
  expect(conditions(w)).toEqual([['PodResizeInProgress', 'Error', message]]);
  expect(told(w, 'p')).toContainEqual(
    expect.stringMatching(/^ResizeError: Pod resize error: \{"containers":.*"generation":2,"error":"cannot decrease memory limits: \[/),
  );
  expect(seen(w, 'p')).toBe('Running | c running ready');
  w.advance(120_000);
  expect(conditions(w)).toEqual([]);
  expect(pod(w).status.containerStatuses[0].resources.limits.memory).toBe('100Mi');
  expect(told(w, 'p').filter((t) => t.startsWith('ResizeCompleted'))).toHaveLength(1);
});
