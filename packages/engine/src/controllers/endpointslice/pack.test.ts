import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../core/object.ts';
import type { Endpoint } from './endpoint.ts';
import { pack } from './pack.ts';

const endpoint = (n: number, ready = true): Endpoint => ({
  addresses: [`10.0.${n >> 8}.${n & 255}`],
  conditions: { ready, serving: ready, terminating: false },
});
const range = (from: number, to: number): Endpoint[] => Array.from({ length: to - from }, (_, i) => endpoint(from + i));
const slice = (name: string, endpoints: Endpoint[]): KubeObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name },
  endpoints,
});

const a = slice('a', range(0, 100));
const b = slice('b', range(100, 140));

describe('slices change as little as can be', () => {
  test.each<[string, KubeObject[], Endpoint[], { create: number[]; update: [string, number][]; remove: string[] }]>([
    ['nothing to do', [a, b], range(0, 140), { create: [], update: [], remove: [] }],
    ['new ones in hundreds', [], range(0, 230), { create: [100, 100, 30], update: [], remove: [] }],
    ['a few more fit into the one that has room', [a, b], range(0, 150), { create: [], update: [['b', 50]], remove: [] }],
    ['too many for one slice start a new one', [a, b], range(0, 205), { create: [65], update: [], remove: [] }],
    ['a slice that loses some is filled up first', [a, b], [...range(10, 140), ...range(200, 205)], { create: [], update: [['a', 95]], remove: [] }],
    ['an empty slice goes', [a, b], range(0, 100), { create: [], update: [], remove: ['b'] }],
    ['a change of condition is written in place', [a, b], [...range(0, 139), endpoint(139, false)], { create: [], update: [['b', 40]], remove: [] }],
    [
      'a full hundred starts a new slice though others have room',
      [b],
      [...range(100, 140), ...range(300, 400)],
      { create: [100], update: [], remove: [] },
    ],
  ])('%s', (_, slices, wanted, expected) => {
    const packing = pack(slices, wanted, () => false);
    expect({
      create: packing.create.map((each) => each.length),
      update: packing.update.map((each) => [each.slice.metadata.name, each.endpoints.length]),
      remove: packing.remove.map((each) => each.metadata.name),
    }).toEqual(expected);
    const removed = new Set([...packing.update.map((each) => each.slice), ...packing.remove]);
    const kept = slices.filter((each) => !removed.has(each)).flatMap((each) => each.endpoints);
    const all = [...kept, ...packing.create.flat(), ...packing.update.flatMap((each) => each.endpoints)];
    expect(all.map((each) => each.addresses[0]).sort()).toEqual(wanted.map((each) => each.addresses[0]).sort());
  });
});
