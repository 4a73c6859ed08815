import { describe, expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import { nano } from '../shared/quantity.ts';
import { loadOf } from './load.ts';
import { phaseAt, phasesOf } from './schedule.ts';

const pod = (name: string, image: string, annotations: object = {}, container: object = {}, labels: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, annotations, labels },
  spec: { containers: [{ name: 'c', image, ...container }] },
});

const MERGE = { contentType: 'application/merge-patch+json' };

interface Item {
  metadata: { name: string };
  containers: { usage: { cpu: string; memory: string } }[];
}

const items = (w: World, query = ''): Item[] => w.request('GET', `/apis/metrics.k8s.io/v1beta1/namespaces/default/pods${query}`).body.items;
const cpuMilli = (w: World, name: string): number => {
  const usage = items(w).find(({ metadata }) => metadata.name === name)?.containers[0]?.usage;
  return Math.round(Number(nano(usage?.cpu)) / 1e6);
};

describe('usage of containers', () => {
  test('shows as soon as a container has run for a moment, in the shape of metrics-server, and leaves nothing behind', () => {
    const w = world({ timing: 'realistic' });
    w.create(pod('web', 'nginx:1.25') as never);
    expect(items(w)).toEqual([]);
    expect(w.request('GET', '/apis/metrics.k8s.io/v1beta1/namespaces/default/pods/web')).toMatchObject({
      code: 404,
      body: { message: 'podmetrics.metrics.k8s.io "default/web" not found' },
    });
    while (w.object('core/pods/default/web')?.status?.phase !== 'Running') w.advance(500);
    w.advance(2000);
    const { revision } = w.state;
    const [item] = items(w);
    expect(item).toMatchObject({ metadata: { name: 'web', namespace: 'default' }, window: '5s', containers: [{ name: 'c' }] });
    expect(item?.containers[0]?.usage.cpu).toMatch(/^\d+n$/);
    expect(item?.containers[0]?.usage.memory).toMatch(/^\d+Ki$/);
    const nodes = w.request('GET', '/apis/metrics.k8s.io/v1beta1/nodes').body;
    expect(nodes).toMatchObject({ kind: 'NodeMetricsList', apiVersion: 'metrics.k8s.io/v1beta1' });
    expect(nodes.items.length).toBe(w.objects('core/nodes').length);
    expect(w.state.revision).toBe(revision);
  });

  test('of nodes is there from the start, and of a node that joins once it has been looked at', () => {
    const w = world({ timing: 'realistic' });
    const measured = (): string[] => w.request('GET', '/apis/metrics.k8s.io/v1beta1/nodes').body.items.map((item: Item) => item.metadata.name);
    const nodes = w.objects('core/nodes').map(({ metadata }) => metadata.name);
    expect(measured()).toEqual(nodes);
    w.create({ apiVersion: 'sim.vivakube.dev/v1', kind: 'NodePool', metadata: { name: 'p' }, spec: { count: 1 } });
    w.advance(1000);
    expect(w.objects('core/nodes').length).toBe(nodes.length + 1);
    expect(measured()).toEqual(nodes);
    w.advance(60_000);
    expect(measured().length).toBe(nodes.length + 1);
  });

  test('is what annotations say, within the limit', () => {
    const w = world();
    w.create(pod('set', 'nginx', { 'sim.vivakube.dev/cpu': '250m', 'sim.vivakube.dev/memory': '64Mi' }) as never);
    w.create(pod('capped', 'nginx', { 'sim.vivakube.dev/cpu.c': '2' }, { resources: { limits: { cpu: '500m' } } }) as never);
    w.advance(60_000);
    expect(Math.abs(cpuMilli(w, 'set') - 250)).toBeLessThan(14);
    expect(Math.abs(cpuMilli(w, 'capped') - 500)).toBeLessThan(26);
  });

  test('rises with requests that loops in other pods make, shared among those that answer', () => {
    const w = world();
    w.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'php' }, spec: { selector: { app: 'php' }, ports: [{ port: 80 }] } });
    w.create(pod('a', 'registry.k8s.io/hpa-example', {}, {}, { app: 'php' }) as never);
    expect(cpuMilli(w, 'a')).toBeLessThan(5);
    w.create(pod('load', 'busybox', {}, { command: ['/bin/sh', '-c', 'while sleep 0.01; do wget -q -O- http://php; done'] }) as never);
    const alone = cpuMilli(w, 'a');
    expect(alone).toBeGreaterThan(500);
    w.create(pod('b', 'registry.k8s.io/hpa-example', {}, {}, { app: 'php' }) as never);
    expect(Math.abs(cpuMilli(w, 'a') * 2 - alone)).toBeLessThan(alone / 5);
    w.request('DELETE', '/api/v1/namespaces/default/pods/load?gracePeriodSeconds=0');
    expect(cpuMilli(w, 'a')).toBeLessThan(5);
  });

  test('of a node that nobody hears of is not known', () => {
    const w = world();
    w.create(pod('web', 'nginx') as never);
    const node = w.object('core/pods/default/web')?.spec.nodeName as string;
    const fault = (value: string | null) =>
      w.request('PATCH', `/api/v1/nodes/${node}`, { metadata: { annotations: { 'sim.vivakube.dev/fault': value } } }, MERGE);
    const known = () => [items(w).length, w.request('GET', `/apis/metrics.k8s.io/v1beta1/nodes/${node}`).code];
    expect(known()).toEqual([1, 200]);
    fault('NetworkPartition');
    expect(known()).toEqual([0, 404]);
    fault(null);
    expect(known()).toEqual([1, 200]);
  });

  test('is selected by the labels of pods', () => {
    const w = world();
    w.create(pod('a', 'nginx', {}, {}, { app: 'a' }) as never);
    w.create(pod('b', 'nginx', {}, {}, { app: 'b' }) as never);
    expect(items(w, '?labelSelector=app%3Db').map(({ metadata }) => metadata.name)).toEqual(['b']);
  });
});

test.each([
  ['250m', 0, { nano: 250e6 }],
  ['50m, 60s=400m, 10m=1', 0, { nano: 50e6, changesAtMs: 60_000 }],
  ['50m, 60s=400m, 10m=1', 60_000, { nano: 400e6, changesAtMs: 600_000 }],
  ['50m, 60s=400m, 10m=1', 900_000, { nano: 1e9 }],
  ['much', 0, undefined],
])('schedule %s at %i', (text, atMs, expected) => {
  const phases = phasesOf(text);
  expect(phases && phaseAt(phases, atMs)).toEqual(expected);
});

test.each([
  ['while sleep 0.01; do wget -q -O- http://php-apache; done', { service: 'core/services/ns/php-apache', pauseMs: 10 }],
  ['while true; do curl -s http://web.prod.svc.cluster.local/x; sleep 2; done', { service: 'core/services/prod/web', pauseMs: 2000 }],
  ['curl http://web', undefined],
  ['while true; do curl https://example.com.org; done', undefined],
])('load of %s', (line, expected) => {
  expect(loadOf(line, 'ns')).toEqual(expected);
});
