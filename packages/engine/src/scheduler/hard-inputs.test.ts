import { describe, expect, it } from 'vitest';
import { type World, world } from '../../testing/world.ts';
import { attempt, node, place, pod } from './testing.ts';

const on = (name: string, nodeName: string, labels: Record<string, string> = {}, spec: object = {}) => pod(name, { nodeName, ...spec }, { labels });
const web = { app: 'web' };
/** What one plugin gave to each of the nodes that were compared. */
function points(plugin: string, ...args: Parameters<typeof attempt>): Record<string, number | undefined> {
  const outcome = attempt(...args);
  if (outcome.type !== 'placed') throw new Error(outcome.type);
  return Object.fromEntries(outcome.best.map(({ node: name, points: given }) => [name, given[plugin]]));
}
const nodeOf = (w: World, name: string): string | undefined => w.object(`core/pods/default/${name}`)?.spec.nodeName;
const patch = (w: World, url: string, body: object) => w.request('PATCH', url, body, { contentType: 'application/merge-patch+json' });
const running = (name: string, spec: object, labels = {}) =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
  }) as never;

describe('spreading', () => {
  const spread = (extra: object = {}) => ({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: web }, ...extra },
    ],
  });

  it('an empty selector counts nobody, and neither does none', () => {
    const zones = [node('a', { labels: { zone: 'x' } }), node('b', { labels: { zone: 'y' }, unschedulable: true })];
    const there = ['1', '2', '3'].map((name) => on(name, 'a', web));
    expect(place(pod('p', spread({ labelSelector: {} }), { labels: web }), zones, there)).toBe('a');
    expect(place(pod('p', spread({ labelSelector: undefined }), { labels: web }), zones, there)).toBe('a');
    expect(place(pod('p', spread(), { labels: web }), zones, there)).toContain("1 node(s) didn't match pod topology spread constraints");
  });

  it('nodes without all labels take no part in comparisons', () => {
    const labels = { rack: '1', zone: 'x' };
    const nodes = [node('a', { labels }), node('b', { labels: { ...labels, zone: 'y' } }), node('c', { labels: { zone: 'z' } })];
    const both = ['zone', 'rack'].map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: web },
    }));
    const wanted = pod('p', { topologySpreadConstraints: both }, { labels: web });
    const there = ['1', '2', '3', '4', '5'].map((name) => on(name, name === '5' ? 'b' : 'a', web));
    // a: 4 ln 4 + 5 ln 3 = 11; b: ln 4 + 5 ln 3 = 7
    expect(points('PodTopologySpread', wanted, nodes, there)).toEqual({ a: 63, b: 100, c: 0 });
  });

  it('a domain that goes makes room', () => {
    const w = world({ workers: 2 });
    const constraint = { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: web } };
    patch(w, '/api/v1/nodes/vivakube-worker2', { spec: { unschedulable: true } });
    const nodeSelector = { role: 'w' };
    for (const name of ['vivakube-worker', 'vivakube-worker2']) patch(w, `/api/v1/nodes/${name}`, { metadata: { labels: nodeSelector } });
    for (const name of ['p', 'q']) w.create(running(name, { nodeSelector, topologySpreadConstraints: [constraint] }, web));
    expect([nodeOf(w, 'p'), nodeOf(w, 'q')]).toEqual(['vivakube-worker', undefined]);
    w.request('DELETE', '/api/v1/nodes/vivakube-worker2');
    expect(nodeOf(w, 'q')).toBe('vivakube-worker');
  });
});

it("a pod's own labels may be what was in its way", () => {
  const w = world({ workers: 1 });
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: web } };
  w.create(running('there', { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } }));
  w.create(running('p', {}, web));
  expect(nodeOf(w, 'p')).toBeUndefined();
  patch(w, '/api/v1/namespaces/default/pods/p', { metadata: { labels: { app: 'other' } } });
  expect(nodeOf(w, 'p')).toBe('vivakube-worker');
});

it('what a pod does to the balance of a node counts', () => {
  const there = [
    pod('1', { nodeName: 'lopsided' }, { requests: { cpu: '2' } }),
    pod('2', { nodeName: 'even' }, { requests: { cpu: '2', memory: '4Gi' } }),
  ];
  const wanted = pod('p', {}, { requests: { memory: '2Gi' } });
  expect(points('NodeResourcesBalancedAllocation', wanted, [node('even'), node('lopsided')], there)).toEqual({ even: 68, lopsided: 81 });
});

it('images of volumes count as well', () => {
  const [a, b] = [node('a'), node('b')];
  a.status = { ...a.status, images: [{ names: ['registry.example.com/model:v1'], sizeBytes: 2_000 * 1024 * 1024 }] };
  const volumes = [{ name: 'm', image: { reference: 'registry.example.com/model:v1' } }];
  expect(points('ImageLocality', pod('p', { volumes }), [a, b], [])).toEqual({ a: 100, b: 0 });
});
