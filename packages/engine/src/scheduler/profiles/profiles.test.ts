import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type World, world } from '../../../testing/world.ts';
import { type Strategy, scoreWith, strategyOf } from '../plugins/resources/strategy.ts';
import { podInfoOf } from '../pod-info.ts';
import { cacheOf, node, pod as podOf } from '../testing.ts';
import { configurationOf } from './configuration.ts';

const ROOT = { apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' };
const configMap = (configuration: object | string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kube-scheduler', namespace: 'kube-system' },
  data: { 'config.yaml': typeof configuration === 'string' ? configuration : stringify({ ...ROOT, ...configuration }) },
});
const pod = (name: string, cpu: string, schedulerName?: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: {
    containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu, memory: '64Mi' } } }],
    ...(schedulerName ? { schedulerName } : {}),
    ...spec,
  },
});
const at = (w: World, name: string): string | undefined => w.object(`core/pods/default/${name}`)?.spec.nodeName;
const scoring = (type: string, more: object = {}) => ({ name: 'NodeResourcesFit', args: { scoringStrategy: { type, ...more } } });

describe('what nodes are worth', () => {
  const cases: [string, Strategy | undefined, string[]][] = [
    ['LeastAllocated', strategyOf('LeastAllocated', undefined), ['p 62']],
    ['MostAllocated', strategyOf('MostAllocated', undefined), ['p 37']],
    [
      'a shape that favours half full nodes',
      strategyOf('RequestedToCapacityRatio', [
        { utilization: 0, score: 0 },
        { utilization: 50, score: 10 },
        { utilization: 100, score: 0 },
      ]),
      ['p 75'],
    ],
  ];
  test.each(cases)('%s', (_name, strategy, expected) => {
    const cache = cacheOf([node('n')], [podOf('there', { nodeName: 'n' }, { requests: { cpu: '1', memory: '1Gi' } })]);
    const wanted = podInfoOf(podOf('p', {}, { requests: { cpu: '1', memory: '1Gi' } }));
    const weights = [
      { name: 'cpu', weight: 1 },
      { name: 'memory', weight: 1 },
    ];
    expect([`p ${scoreWith(strategy as Strategy, weights, wanted, cache.node('n') as never)}`]).toEqual(expected);
  });
});

test('a profile that packs its pods fills one node after the other', () => {
  const w = world();
  w.create(
    configMap({
      profiles: [
        {},
        {
          schedulerName: 'packer',
          plugins: { score: { disabled: [{ name: '*' }], enabled: [{ name: 'NodeResourcesFit' }] } },
          pluginConfig: [scoring('MostAllocated')],
        },
      ],
    }),
  );
  for (const name of ['a', 'b', 'c']) w.create(pod(name, '1', 'packer'));
  expect(new Set(['a', 'b', 'c'].map((name) => at(w, name))).size).toBe(1);
  for (const name of ['d', 'e']) w.create(pod(name, '1', 'default-scheduler'));
  expect(at(w, 'd')).not.toBe(at(w, 'a'));
  const by = w
    .objects('core/events')
    .filter((e) => e.reason === 'Scheduled')
    .map((e) => `${e.involvedObject.name} ${e.source.component}`);
  expect(by.sort()).toEqual(['a packer', 'b packer', 'c packer', 'd default-scheduler', 'e default-scheduler']);
});

test('a pod waits for its scheduler, and is placed once there is one', () => {
  const w = world();
  w.create(pod('p', '1', 'mine'));
  expect(at(w, 'p')).toBeUndefined();
  expect(w.object('core/pods/default/p')?.status.conditions).toBeUndefined();
  w.create(configMap({ profiles: [{ schedulerName: 'mine' }] }));
  expect(at(w, 'p')).toBeDefined();
  w.create(pod('q', '1'));
  expect(at(w, 'q')).toBeUndefined();
  w.request('DELETE', '/api/v1/namespaces/kube-system/configmaps/kube-scheduler');
  expect(at(w, 'q')).toBeDefined();
});

test('plugins that are switched off neither refuse nor compare; others ask for more', () => {
  const w = world({ workers: 2 });
  const [control, worker] = w.objects('core/nodes').map(({ metadata }) => metadata.name as string);
  const nodeSelectorTerms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [control] }] }];
  const addedAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  w.create(
    configMap({
      profiles: [
        {
          schedulerName: 'daring',
          plugins: { filter: { disabled: [{ name: 'TaintToleration' }] } },
          pluginConfig: [{ name: 'NodeAffinity', args: { addedAffinity } }],
        },
      ],
    }),
  );
  w.create(pod('p', '1', 'daring'));
  expect(at(w, 'p')).toBe(control);
  w.create(pod('q', '1', 'daring', { nodeSelector: { 'kubernetes.io/hostname': worker } }));
  const said = w.objects('core/events').find((e) => e.involvedObject.name === 'q')?.message;
  expect(said).toContain("2 node(s) didn't match scheduler-enforced node affinity");
});

test.each([
  ['profiles: [', 'yaml: '],
  ['apiVersion: v1\nkind: Pod', 'no kind "Pod" is registered for version "v1"'],
  [stringify({ ...ROOT, profile: [] }), 'strict decoding error: unknown field "profile"'],
  [stringify({ ...ROOT, profiles: [{}, {}] }), 'profiles[1].schedulerName: Duplicate value: "default-scheduler"'],
  [stringify({ ...ROOT, profiles: [{ plugins: { score: { enabled: [{ name: 'Luck' }] } } }] }), 'plugin "Luck" does not exist'],
  [stringify({ ...ROOT, profiles: [{ pluginConfig: [scoring('Fullest')] }] }), 'Unsupported value: "Fullest"'],
  [stringify({ ...ROOT, profiles: [{ pluginConfig: [scoring('RequestedToCapacityRatio')] }] }), 'at least one point must be specified'],
  [stringify({ ...ROOT, percentageOfNodesToScore: 101 }), 'not in valid range [0-100]'],
  [stringify({ ...ROOT, profiles: 3 }), 'profiles: Invalid value: must be a list'],
])('%s is not in force', (file, problem) => {
  const { profiles, problem: said } = configurationOf(configMap(file) as never);
  expect(said).toContain(problem);
  expect([...profiles.keys()]).toEqual(['default-scheduler']);
});

test('a configuration that cannot be read is told of, and pods are placed as without it', () => {
  const w = world();
  w.create(configMap('profiles: ['));
  w.create(pod('p', '1'));
  expect(at(w, 'p')).toBeDefined();
  expect(w.objects('core/events').find((e) => e.reason === 'InvalidConfiguration')).toMatchObject({
    type: 'Warning',
    involvedObject: { name: 'kube-scheduler' },
  });
});
