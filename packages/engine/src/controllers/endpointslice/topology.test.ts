import { describe, expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Endpoint } from './endpoint.ts';
import { withTopologyHints, zoneShares } from './topology.ts';

const node = (zone: string | undefined, cpu: string, ready = 'True', labels: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: `${zone}-${cpu}`, labels: { ...labels, ...(zone ? { 'topology.kubernetes.io/zone': zone } : {}) } },
  status: { allocatable: { cpu }, conditions: [{ type: 'Ready', status: ready }] },
});

describe("zones' shares", () => {
  test.each<[string, KubeObject[], [string, number][] | undefined]>([
    [
      'by their CPUs',
      [node('b', '3'), node('a', '1'), node('b', '4')],
      [
        ['a', 1 / 8],
        ['b', 7 / 8],
      ],
    ],
    [
      'without nodes that are not ready',
      [node('a', '1'), node('b', '1'), node('c', '1', 'False')],
      [
        ['a', 0.5],
        ['b', 0.5],
      ],
    ],
    [
      'without the control plane',
      [node('a', '1'), node('b', '1'), node(undefined, '8', 'True', { 'node-role.kubernetes.io/control-plane': '' })],
      [
        ['a', 0.5],
        ['b', 0.5],
      ],
    ],
    ['unknown where a node has no zone', [node('a', '1'), node('b', '1'), node(undefined, '1')], undefined],
    ['unknown where a node has no CPU', [node('a', '1'), node('b', '0')], undefined],
    ['unknown where there is one zone only', [node('a', '1'), node('a', '1')], undefined],
  ])('%s', (_name, nodes, shares) => {
    expect(zoneShares(nodes)).toEqual(shares && new Map(shares));
  });
});

/** `aab` is three ready endpoints in those zones; capitals are not ready. */
const endpoints = (zones: string): Endpoint[] =>
  [...zones].map((zone, i) => ({
    addresses: [`10.0.0.${i}`],
    conditions: { ready: zone === zone.toLowerCase(), serving: true, terminating: false },
    ...(zone === '-' ? {} : { zone: zone.toLowerCase() }),
  }));
const hints = (list: readonly Endpoint[]): string => list.map(({ hints: found }) => found?.forZones?.[0]?.name ?? '.').join('');
const planned = (zones: string, shares: Record<string, number> | undefined) =>
  withTopologyHints(
    { create: [{ addressType: 'IPv4', ports: [], endpoints: endpoints(zones) }], update: [], remove: [], skipped: 0 },
    [],
    shares && new Map(Object.entries(shares)),
  );

const even = { a: 1 / 3, b: 1 / 3, c: 1 / 3 };

test.each<[string, Record<string, number>, string]>([
  ['abc', even, 'abc'],
  ['aabbcc', even, 'aabbcc'],
  ['aaabbb', { a: 0.5, b: 0.5 }, 'aaabbb'],
  ['aaaabb', { a: 0.5, b: 0.5 }, 'baaabb'],
  ['aaaaaa', { a: 0.5, b: 0.5 }, 'bbbaaa'],
  ['aabbC', { a: 0.5, b: 0.5 }, 'aabb.'],
  ['aaabbbccc', { a: 2 / 3, b: 1 / 6, c: 1 / 6 }, 'aaaabbacc'],
])('%s over %j is meant for %s', (zones, shares, wanted) => {
  const { create, hinting } = planned(zones, shares);
  expect(hinting).toEqual({ enabled: true });
  expect(hints(create[0]?.endpoints ?? [])).toBe(wanted);
});

test.each<[string, Record<string, number> | undefined, string]>([
  ['ab', undefined, 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes'],
  ['ab', even, 'Insufficient number of endpoints (2 endpoints, 3 zones)'],
  [
    'aab',
    { a: 0.4, b: 0.4, c: 0.2 },
    'Unable to allocate minimum required endpoints to each zone without exceeding overload threshold (3 endpoints, 3 zones)',
  ],
  ['aabbc-', even, 'One or more endpoints do not have a zone specified'],
])('%s over %j gets none: %s', (zones, shares, message) => {
  const { create, hinting } = planned(zones, shares);
  expect(hinting).toEqual({ enabled: false, message });
  expect(hints(create[0]?.endpoints ?? [])).toBe('.'.repeat(zones.length));
});

describe('a service with topology-mode Auto', () => {
  const SERVICE = '/api/v1/namespaces/default/services/web';
  const MODE = 'service.kubernetes.io/topology-mode';
  const merge = (w: World, url: string, body: object) => w.request('PATCH', url, body, { contentType: 'application/merge-patch+json' });
  const told = (w: World): string[] =>
    w
      .objects('core/events')
      .filter((e) => e.involvedObject.name === 'web' && e.involvedObject.kind === 'Service')
      .map((e) => `${e.reason}: ${e.message}`);
  const shown = (w: World): string => {
    const slice = w.objects('discovery.k8s.io/endpointslices', 'default').find(({ metadata }) => metadata.name?.startsWith('web-'));
    return hints(slice?.endpoints ?? []).replaceAll('.', '');
  };

  test('gets hints when its nodes have zones, and loses them with the annotation', () => {
    const w = world({ workers: 2 });
    w.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: 4,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx:1.25' }] } },
      },
    });
    w.apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', annotations: { [MODE]: 'Auto' } },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    });
    expect(shown(w)).toBe('');
    const [one, two] = w
      .objects('core/nodes')
      .map(({ metadata }) => metadata.name as string)
      .filter((name) => name.includes('worker'));
    merge(w, `/api/v1/nodes/${one}`, { metadata: { labels: { 'topology.kubernetes.io/zone': 'a' } } });
    merge(w, `/api/v1/nodes/${two}`, { metadata: { labels: { 'topology.kubernetes.io/zone': 'b' } } });
    w.advance(1000);
    expect([...shown(w)].sort().join('')).toBe('aabb');
    merge(w, SERVICE, { metadata: { annotations: { [MODE]: null } } });
    w.advance(1000);
    expect(shown(w)).toBe('');
    expect(told(w)).toEqual([
      'TopologyAwareHintsDisabled: Insufficient Node information: allocatable CPU or zone not specified on one or more nodes, addressType: IPv4',
      'TopologyAwareHintsEnabled: Topology Aware Hints has been enabled, addressType: IPv4',
      'TopologyAwareHintsDisabled: Topology Aware Hints has been disabled, addressType: IPv4',
    ]);
  });
});
