import { describe, expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const pod = (name: string, cpu: string, spec: object = {}, labels: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels },
  spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }], ...spec },
});
const why = (w: World, name = ''): any =>
  w.request('GET', `/apis/sim.vivakube.dev/v1/namespaces/default/schedulingexplanations${name && `/${name}`}`).body;

/** Two nodes of four CPUs with one left on each, and a tainted control plane. */
function nearlyFull(): World {
  const w = world();
  for (const name of ['a', 'b']) w.create(pod(name, '3', {}, { app: 'old' }));
  return w;
}

const labelSelector = { matchLabels: { app: 'old' } };
const topologyKey = 'kubernetes.io/hostname';
const apart = { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector }] } } };
const matches = (...matchExpressions: object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } },
});

test.each([
  ['too large a request', pod('p', '1500m'), "lower the pod's request of cpu from 1500m to 1, or free 500m of cpu on node vivakube-worker"],
  ['larger than a node', pod('p', '5'), "lower the pod's request of cpu from 5 to 1, or give node vivakube-worker 4 more cpu"],
  ['a label', pod('p', '1', { nodeSelector: { disk: 'ssd' } }), 'label node vivakube-worker disk=ssd'],
  ['one of several labels', pod('p', '1', matches({ key: 'gen', operator: 'Gt', values: ['3'] })), 'label node vivakube-worker gen=4'],
  [
    'a label and less',
    pod('p', '2', { nodeSelector: { disk: 'ssd' } }),
    "label node vivakube-worker disk=ssd; and lower the pod's request of cpu from 2 to 1, or free 1 of cpu on node vivakube-worker",
  ],
  ['pods that are in the way', pod('p', '1', apart), 'take pod default/a away from where node vivakube-worker is'],
  ['a claim', pod('p', '1', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] }), 'create the persistentvolumeclaim "data"'],
])('the smallest change: %s', (_what, wanted, change) => {
  const w = nearlyFull();
  w.create(wanted);
  expect(why(w, 'p')).toMatchObject({ result: 'Unschedulable', smallestChange: change });
});

test('every plugin is heard about every node, the closest node first', () => {
  const w = nearlyFull();
  w.create(pod('p', '2', { nodeSelector: { [topologyKey]: 'vivakube-worker2' } }));
  const { nodes, attempt } = why(w, 'p');
  expect(nodes.map(({ name, rejections }: any) => [name, ...rejections.map((r: any) => r.plugin)])).toEqual([
    ['vivakube-worker2', 'NodeResourcesFit'],
    ['vivakube-worker', 'NodeAffinity', 'NodeResourcesFit'],
    ['vivakube-control-plane', 'TaintToleration', 'NodeAffinity'],
  ]);
  expect(attempt).toMatchObject({ nodes: 3, evaluated: 3, feasible: 0 });
  expect(nodes[0]).toMatchObject({ fits: false, rejections: [{ code: 'Unschedulable', reasons: ['Insufficient cpu'] }] });
});

test('what it says helps', () => {
  const w = nearlyFull();
  w.create(pod('p', '1', matches({ key: 'disk', operator: 'In', values: ['ssd'] })));
  const [, node, label] = /^label node (\S+) (.*)$/.exec(why(w, 'p').smallestChange) as unknown as [string, string, string];
  const [key, value] = label.split('=') as [string, string];
  w.request('PATCH', `/api/v1/nodes/${node}`, { metadata: { labels: { [key]: value } } }, { contentType: 'application/merge-patch+json' });
  w.advance(10_000);
  expect(why(w, 'p')).toMatchObject({ result: 'Scheduled', nodeName: node });
});

describe('as a resource', () => {
  test('a placed pod tells of the points that decided', () => {
    const w = world();
    w.create(pod('p', '1'));
    const { result, attempt } = why(w, 'p');
    expect(result).toBe('Scheduled');
    expect(attempt).toMatchObject({ feasible: 2, weights: { NodeResourcesFit: 1 } });
    expect(attempt.candidates[0].points.NodeResourcesFit).toBeGreaterThan(0);
  });

  test('is listed for all pods, and only read', () => {
    const w = nearlyFull();
    w.create(pod('gated', '1', { schedulingGates: [{ name: 'x.io/later' }] }));
    w.create(pod('theirs', '1', { schedulerName: 'theirs' }));
    const { kind, items } = why(w);
    expect(kind).toBe('SchedulingExplanationList');
    expect(items.map(({ metadata, result }: any) => `${metadata.name} ${result}`)).toEqual([
      'a Scheduled',
      'b Scheduled',
      'gated Gated',
      'theirs NotOurs',
    ]);
    expect(w.request('DELETE', '/apis/sim.vivakube.dev/v1/namespaces/default/schedulingexplanations/a').code).toBe(405);
    expect(why(w, 'nobody')).toMatchObject({ code: 404, message: 'schedulingexplanations.sim.vivakube.dev "nobody" not found' });
  });
});
