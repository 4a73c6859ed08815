import { expect, test } from 'vitest';
import { type World, world } from '../../../../testing/world.ts';

const claim = (name: string, storage = '1Gi', more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'default' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...more },
});
const using = (name: string, volumes: object[], more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'nginx' }], volumes, ...more },
});
const claimed = (name: string) => [{ name: 'v', persistentVolumeClaim: { claimName: name } }];
const at = (w: World, name: string) => w.object(`core/pods/default/${name}`);
const refusal = (w: World, name: string): string =>
  w.objects('core/events').find((e) => e.involvedObject.name === name && e.reason === 'FailedScheduling')?.message ?? '';

function limited(count: number): World {
  const w = world({ timing: 'realistic', workers: 1 });
  const node = w.objects('core/nodes')[1]?.metadata.name;
  w.apply({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: { name: node },
    spec: { drivers: [{ name: 'disk.sim.vivakube.dev', nodeID: node, allocatable: { count } }] },
  });
  return w;
}

test('a driver attaches only so many volumes to a node, those that are still to be made included', () => {
  const w = limited(2);
  for (const name of ['a', 'b', 'c']) {
    w.create(claim(name));
    w.create(using(name, claimed(name)));
  }
  expect(refusal(w, 'c')).toContain('1 node(s) exceed max volume count');
  w.advance(30_000);
  expect(['a', 'b', 'c'].map((name) => at(w, name)?.status.phase)).toEqual(['Running', 'Running', 'Pending']);
  w.request('DELETE', '/api/v1/namespaces/default/pods/a');
  w.advance(60_000);
  expect(at(w, 'c')?.status.phase).toBe('Running');
});

test('pods that wait for their volumes are where they will be, in the eyes of others', () => {
  const w = world({ timing: 'realistic', workers: 2 });
  const labelSelector = { matchLabels: { app: 'db' } };
  const topologySpreadConstraints = [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', labelSelector }];
  const tolerations = [{ operator: 'Exists' }];
  for (const name of ['a', 'b', 'c']) {
    w.create(claim(name));
    const pod = using(name, claimed(name), { topologySpreadConstraints, tolerations });
    w.create({ ...pod, metadata: { ...pod.metadata, labels: { app: 'db' } } });
  }
  const promised = ['a', 'b', 'c'].map((name) => at(w, name)?.status.nominatedNodeName);
  expect(new Set(promised).size).toBe(3);
  w.advance(30_000);
  expect(['a', 'b', 'c'].map((name) => at(w, name)?.spec.nodeName)).toEqual(promised);
  expect(at(w, 'a')?.status.nominatedNodeName).toBeUndefined();
});

test('a driver that says what room it has is believed', () => {
  const w = world({ timing: 'realistic', workers: 2 });
  const [, , node] = w.objects('core/nodes').map(({ metadata }) => metadata.name as string);
  w.apply({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'x.io' }, spec: { storageCapacity: true } });
  w.apply({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'x' },
    provisioner: 'x.io',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  w.create(claim('a', '10Gi', { storageClassName: 'x' }));
  w.create(using('a', claimed('a')));
  expect(refusal(w, 'a')).toContain('2 node(s) did not have enough free storage');
  const capacity = (name: string, on: string | undefined, amount: string) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIStorageCapacity',
    metadata: { name, namespace: 'default' },
    storageClassName: 'x',
    nodeTopology: { matchLabels: { 'kubernetes.io/hostname': on } },
    capacity: amount,
  });
  w.apply(capacity('little', w.objects('core/nodes')[1]?.metadata.name, '5Gi'));
  w.apply(capacity('much', node, '50Gi'));
  w.advance(60_000);
  expect(at(w, 'a')?.spec.nodeName).toBe(node);
});

test('a disk that a pod names itself is in one pod of a node at most', () => {
  const w = world({ timing: 'realistic', workers: 1 });
  const disk = (name: string, readOnly: boolean) => using(name, [{ name: 'v', gcePersistentDisk: { pdName: 'd', readOnly } }]);
  w.create(disk('a', true));
  w.create(disk('b', true));
  w.create(disk('c', false));
  expect(at(w, 'b')?.spec.nodeName).toBeDefined();
  expect(refusal(w, 'c')).toContain('1 node(s) had no available disk');
});

test('a pod whose volumes do not come is not placed after all, and says so; it is once they come', () => {
  const w = world({ timing: 'realistic', workers: 1 });
  const annotations = { 'sim.vivakube.dev/provisioner': 'absent' };
  w.create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'x', annotations },
    provisioner: 'x.io',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  w.create(claim('a', '1Gi', { storageClassName: 'x' }));
  w.create(using('a', claimed('a')));
  const node = at(w, 'a')?.status.nominatedNodeName;
  expect(node).toBeDefined();
  w.advance(601_000);
  expect(refusal(w, 'a')).toBe('running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded');
  expect(at(w, 'a')?.status.conditions[0]).toMatchObject({ type: 'PodScheduled', status: 'False', reason: 'SchedulerError' });
  const { name, namespace, uid } = w.object('core/persistentvolumeclaims/default/a')?.metadata ?? {};
  const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid };
  const csi = { driver: 'x.io', volumeHandle: 'v' };
  w.create({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'v' },
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], storageClassName: 'x', claimRef, csi },
  });
  w.advance(60_000);
  expect(at(w, 'a')).toMatchObject({ spec: { nodeName: node }, status: { phase: 'Running' } });
  expect([...w.state.runtime.entries('failure/')]).toEqual([]);
});

const volume = (name: string, labels: Record<string, string>, on?: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name, labels },
  spec: {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    storageClassName: '',
    hostPath: { path: '/x' },
    ...(on
      ? {
          nodeAffinity: {
            required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [on] }] }] },
          },
        }
      : {}),
  },
});

test('volumes with zone labels of old go to nodes with the new ones', () => {
  const w = world({ workers: 2 });
  const label = (name: string, zone: string) =>
    w.request(
      'PATCH',
      `/api/v1/nodes/${name}`,
      { metadata: { labels: { 'topology.kubernetes.io/zone': zone } } },
      { contentType: 'application/merge-patch+json' },
    );
  label('vivakube-worker', 'z1');
  label('vivakube-worker2', 'z2');
  w.create(volume('pv', { 'failure-domain.beta.kubernetes.io/zone': 'z2' }));
  w.create(claim('c', '1Gi', { storageClassName: '', volumeName: 'pv' }));
  w.advance(60_000);
  w.create(using('p', claimed('c')));
  expect(at(w, 'p')?.spec.nodeName).toBe('vivakube-worker2');
});

test('all that is wrong with the volumes on a node is said', () => {
  const w = world({ workers: 1 });
  w.apply({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  w.create(volume('pv', {}, 'elsewhere'));
  w.create(claim('bound', '1Gi', { storageClassName: '', volumeName: 'pv' }));
  w.create(claim('delayed', '1Gi', { storageClassName: 'local' }));
  w.advance(60_000);
  w.create(
    using(
      'p',
      ['bound', 'delayed'].map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
    ),
  );
  expect(refusal(w, 'p')).toContain(
    "1 node(s) didn't find available persistent volumes to bind, 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) had untolerated taint(s).",
  );
});
