import { describe, expect, test } from 'vitest';
import type { NodeObject } from '../../kinds/shared/pod.ts';
import type { DaemonSet, Pod } from '../shared/objects.ts';
import { eligibility } from './eligibility.ts';
import { rollingUpdate } from './rolling.ts';
import type { Place } from './round.ts';
import { limits } from './strategy.ts';
import { HASH_LABEL } from './template.ts';

const NOW = 1_767_225_600_000;

const set = (rolling: object, spec: object = {}): DaemonSet =>
  ({
    metadata: { name: 'agent', uid: 's' },
    spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: rolling }, template: { spec: {} }, ...spec },
  }) as unknown as DaemonSet;

/** Nodes as `o` old and available, `O` old and not, `n` new and available, `N` new and not, `oN` both, `-` none, `!o` not wanted there. */
const places = (...shapes: string[]): Place[] =>
  shapes.map((shape, i) => ({
    node: `n${i}`,
    shouldRun: !shape.startsWith('!'),
    mayStay: true,
    pods: [...shape.replace(/[!-]/g, '')].map(
      (kind) =>
        ({
          metadata: { name: `${kind.toLowerCase()}${i}`, labels: { [HASH_LABEL]: kind.toLowerCase() === 'n' ? 'new' : 'old' } },
          status: { conditions: [{ type: 'Ready', status: kind === kind.toLowerCase() ? 'True' : 'False' }] },
        }) as unknown as Pod,
    ),
  }));

const plan = (rolling: object, shapes: string[]) => {
  const { remove, create } = rollingUpdate(set(rolling), places(...shapes), 'new', NOW);
  return { remove: remove.map(({ metadata }) => metadata.name), create };
};

describe('in place', () => {
  test.each([
    ['one goes', 1, ['o', 'o', 'o'], ['o0']],
    ['none while a new one is not available', 1, ['N', 'o', 'o'], []],
    ['none while a node has none', 1, ['-', 'o', 'o'], []],
    ['what is of no use goes at once', 1, ['O', 'O', 'o'], ['o0', 'o1']],
    ['two go', 2, ['o', 'o', 'o'], ['o0', 'o1']],
    ['a share goes, rounded up', '50%', ['o', 'o', 'o'], ['o0', 'o1']],
    ['nothing is left', 1, ['n', 'n'], []],
  ])('%s', (_name, maxUnavailable, shapes, remove) => expect(plan({ maxUnavailable, maxSurge: 0 }, shapes)).toEqual({ remove, create: [] }));
});

describe('surging', () => {
  test.each([
    ['one comes', 1, ['o', 'o'], [], ['n0']],
    ['none while one is coming', 1, ['oN', 'o'], [], []],
    ['the old one goes when the new one is there', 1, ['on', 'o'], ['o0'], ['n1']],
    ['beside one that is of no use, at once', 1, ['O', 'O', 'o'], [], ['n0', 'n1', 'n2']],
    ['one that is not wanted stays until there are enough', 1, ['!o', 'N'], [], []],
    ['and goes then', 1, ['!o', 'n'], ['o0'], []],
  ])('%s', (_name, maxSurge, shapes, remove, create) => expect(plan({ maxUnavailable: 0, maxSurge }, shapes)).toEqual({ remove, create }));
});

test('an update that could not go on takes one at a time', () => {
  expect(limits(set({ maxUnavailable: '0%', maxSurge: '0%' }), 5)).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  expect(limits(set({ maxUnavailable: '0%', maxSurge: '0%' }), 0)).toEqual({ maxSurge: 0, maxUnavailable: 0 });
});

describe('which nodes', () => {
  const node = (taints: object[] = [], labels: object = {}): NodeObject =>
    ({ metadata: { name: 'n', labels }, spec: { taints } }) as unknown as NodeObject;
  const of = (podSpec: object): DaemonSet => set({}, { template: { spec: podSpec } });
  const taint = (key: string, effect: string) => ({ key, effect });
  test.each<[string, object, NodeObject, string]>([
    ['any', {}, node(), 'run stay'],
    ['selected', { nodeSelector: { a: 'b' } }, node([], { a: 'b' }), 'run stay'],
    ['not selected', { nodeSelector: { a: 'b' } }, node(), ''],
    ['another one by name', { nodeName: 'm' }, node(), ''],
    ['cordoned', {}, node([taint('node.kubernetes.io/unschedulable', 'NoSchedule')]), 'run stay'],
    ['not ready', {}, node([taint('node.kubernetes.io/not-ready', 'NoExecute')]), 'run stay'],
    ['without network', {}, node([taint('node.kubernetes.io/network-unavailable', 'NoSchedule')]), 'stay'],
    ['without network, but on the host', { hostNetwork: true }, node([taint('node.kubernetes.io/network-unavailable', 'NoSchedule')]), 'run stay'],
    ['tainted against new pods', {}, node([taint('k', 'NoSchedule')]), 'stay'],
    ['tainted against all pods', {}, node([taint('k', 'NoExecute')]), ''],
    ['tainted and tolerated', { tolerations: [{ operator: 'Exists' }] }, node([taint('k', 'NoExecute')]), 'run stay'],
    ['tainted softly', {}, node([taint('k', 'PreferNoSchedule')]), 'run stay'],
  ])('%s', (_name, podSpec, which, expected) => {
    const { shouldRun, mayStay } = eligibility(of(podSpec), which);
    expect([shouldRun ? 'run' : '', mayStay ? 'stay' : ''].filter(Boolean).join(' ')).toBe(expected);
  });
});
