import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

function prioritized(workers: number): World {
  const w = world({ timing: 'realistic', workers });
  for (const [name, value] of [
    ['low', 10],
    ['middle', 100],
    ['high', 1000],
  ] as const) {
    w.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value });
  }
  return w;
}

const WEB = { app: 'web' };
const asking = (name: string, priorityClassName: string, spec: object, labels: Record<string, string> = WEB, cpu = '100m') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels },
  spec: { priorityClassName, containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }], ...spec },
});
const at = (w: World, name: string) => w.object(`core/pods/default/${name}`);
const apart = {
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: WEB } }],
    },
  },
};
const spread = (key: string) => ({
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: key, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: WEB } }],
});

test.each([
  ['that must not be near it', {}, apart],
  ['that it must not be near', apart, {}],
])('a pod makes way for one %s', (_what, theirs, own) => {
  const w = prioritized(1);
  w.create(asking('there', 'low', theirs));
  w.advance(30_000);
  w.create(asking('wanted', 'high', own));
  expect(at(w, 'there')?.metadata.deletionTimestamp).toBeDefined();
  w.advance(60_000);
  expect(at(w, 'wanted')?.status.phase).toBe('Running');
});

test('pods make way where they are too many of one kind', () => {
  const w = prioritized(2);
  const [a] = w
    .objects('core/nodes')
    .map(({ metadata }) => metadata.name as string)
    .slice(1);
  for (const name of ['one', 'two']) w.create(asking(name, 'low', { nodeName: a }));
  w.advance(30_000);
  const onlyA = { nodeSelector: { 'kubernetes.io/hostname': a }, ...spread('kubernetes.io/hostname') };
  const counting = onlyA.topologySpreadConstraints.map((c) => ({ ...c, nodeAffinityPolicy: 'Ignore' }));
  w.create(asking('wanted', 'high', { ...onlyA, topologySpreadConstraints: counting }));
  const gone = ['one', 'two'].filter((name) => at(w, name)?.metadata.deletionTimestamp);
  expect(gone).toEqual(['one', 'two']);
});

test('a more important pod takes over the room that was made for another', () => {
  const w = prioritized(1);
  w.create(asking('there', 'low', {}, WEB, '3'));
  w.advance(30_000);
  w.create(asking('second', 'middle', {}, WEB, '3'));
  expect(at(w, 'second')?.status.nominatedNodeName).toBeDefined();
  w.create(asking('first', 'high', {}, WEB, '3'));
  w.advance(120_000);
  expect(at(w, 'first')?.status.phase).toBe('Running');
  expect(at(w, 'second')?.status).toMatchObject({ phase: 'Pending' });
  expect(at(w, 'second')?.status.nominatedNodeName).toBeUndefined();
  expect([...w.state.runtime.entries('failure/')]).toEqual([]);
});

test('a promise is void once no room can be made', () => {
  const w = prioritized(1);
  w.create(asking('there', 'low', { terminationGracePeriodSeconds: 600 }, WEB, '3'));
  w.advance(30_000);
  w.create(asking('wanted', 'high', {}, WEB, '3'));
  const node = at(w, 'wanted')?.status.nominatedNodeName;
  expect(node).toBeDefined();
  w.request('PATCH', `/api/v1/nodes/${node}`, { spec: { unschedulable: true } }, { contentType: 'application/merge-patch+json' });
  w.request(
    'PATCH',
    '/api/v1/namespaces/default/pods/wanted',
    { spec: { tolerations: [{ key: 'x', operator: 'Exists' }] } },
    { contentType: 'application/merge-patch+json' },
  );
  w.advance(400_000);
  expect(at(w, 'wanted')?.status.nominatedNodeName).toBeUndefined();
});
