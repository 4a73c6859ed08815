import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const storageClass = (name: string, provisioner: string, more: object = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner,
  ...more,
});
const claim = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'default' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
});
const volume = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' }, storageClassName: 'manual', ...spec },
});
const user = (name: string, claimName: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: {
    containers: [{ name: 'c', image: 'nginx', volumeMounts: [{ name: 'd', mountPath: '/data' }] }],
    volumes: [{ name: 'd', persistentVolumeClaim: { claimName } }],
  },
});

const pvc = (w: World, name: string) => w.object(`core/persistentvolumeclaims/default/${name}`);
const pv = (w: World, name: string) => w.object(`core/persistentvolumes//${name}`);
const claimText = (w: World, name: string): string => {
  const found = pvc(w, name);
  return found ? `${found.status.phase} ${found.spec.volumeName ?? '-'} ${found.status.capacity?.storage ?? '-'}` : 'gone';
};
const volumeText = (w: World, name: string): string => {
  const found = pv(w, name);
  return found ? `${found.status.phase} ${found.spec.claimRef?.name ?? '-'}` : 'gone';
};
const told = (w: World, name: string): string[] =>
  w
    .objects('core/events')
    .filter((e) => e.involvedObject.name === name)
    .map((e) => `${e.reason}: ${e.message}`)
    .sort();
const failures = (w: World): unknown[] => [...w.state.runtime.entries('failure/')];
const DEFAULT = 'storageclass.kubernetes.io/is-default-class';
const MERGE = { contentType: 'application/merge-patch+json' };
const remove = (w: World, url: string): number => w.request('DELETE', url).code;
const CLAIMS = '/api/v1/namespaces/default/persistentvolumeclaims';

test('a claim takes the smallest volume that does, whichever comes first', () => {
  const w = world();
  w.create(claim('early', { storageClassName: 'manual' }));
  expect(told(w, 'early')).toEqual(['ProvisioningFailed: storageclass.storage.k8s.io "manual" not found']);
  w.create(volume('big', { capacity: { storage: '10Gi' } }));
  expect([claimText(w, 'early'), volumeText(w, 'big')]).toEqual(['Bound big 10Gi', 'Bound early']);
  w.create(volume('medium', { capacity: { storage: '5Gi' } }));
  w.create(volume('small'));
  w.create(claim('late', { storageClassName: 'manual' }));
  expect([claimText(w, 'late'), volumeText(w, 'medium'), volumeText(w, 'small')]).toEqual(['Bound small 1Gi', 'Available -', 'Bound late']);
  expect(pvc(w, 'late')?.metadata.annotations).toEqual({ 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' });
  expect(pv(w, 'small')?.metadata.annotations).toEqual({ 'pv.kubernetes.io/bound-by-controller': 'yes' });
  expect(pv(w, 'small')?.spec.claimRef.uid).toBe(pvc(w, 'late')?.metadata.uid);
  expect(failures(w)).toEqual([]);
});

test.each([
  ['access modes', { accessModes: ['ReadWriteMany'] }],
  ['size', { resources: { requests: { storage: '2Gi' } } }],
  ['class', { storageClassName: 'other' }],
  ['volume mode', { volumeMode: 'Block' }],
  ['selector', { selector: { matchLabels: { disk: 'ssd' } } }],
])('another %s does not do', (_what, spec) => {
  const w = world();
  w.create(volume('v'));
  w.create(claim('c', { storageClassName: 'manual', ...spec }));
  expect([claimText(w, 'c'), volumeText(w, 'v')]).toEqual(['Pending - -', 'Available -']);
});

test('a claim without a class says what it waits for', () => {
  const w = world();
  w.create(claim('c', { storageClassName: '' }));
  expect(told(w, 'c')).toEqual(['FailedBinding: no persistent volumes available for this claim and no storage class is set']);
  w.create(volume('v', { storageClassName: '' }));
  expect(claimText(w, 'c')).toBe('Bound v 1Gi');
});

test('a volume that is kept for a claim waits for it; one that is asked for by name must do', () => {
  const w = world();
  w.create(volume('kept', { claimRef: { namespace: 'default', name: 'mine' } }));
  w.create(claim('other', { storageClassName: 'manual' }));
  expect([volumeText(w, 'kept'), claimText(w, 'other')]).toEqual(['Available mine', 'Pending - -']);
  w.create(claim('mine', { storageClassName: 'manual' }));
  expect(claimText(w, 'mine')).toBe('Bound kept 1Gi');
  w.create(volume('tiny', { capacity: { storage: '1Mi' } }));
  w.create(claim('named', { storageClassName: 'manual', volumeName: 'tiny' }));
  expect(told(w, 'named')).toEqual(['VolumeMismatch: Cannot bind to requested volume "tiny": requested PV is too small']);
});

test('what becomes of a volume whose claim is deleted', () => {
  const w = world();
  w.create(volume('kept', { persistentVolumeReclaimPolicy: 'Retain' }));
  w.create(volume('gone', { persistentVolumeReclaimPolicy: 'Delete', hostPath: { path: '/tmp/x' } }));
  w.create(volume('stuck', { persistentVolumeReclaimPolicy: 'Delete' }));
  w.create(volume('scrubbed', { persistentVolumeReclaimPolicy: 'Recycle' }));
  for (const name of ['kept', 'gone', 'stuck', 'scrubbed']) {
    w.create(claim(`c-${name}`, { storageClassName: 'manual', volumeName: name }));
    expect(claimText(w, `c-${name}`)).toBe(`Bound ${name} 1Gi`);
    expect(remove(w, `${CLAIMS}/c-${name}`)).toBe(200);
  }
  expect(['kept', 'gone', 'stuck', 'scrubbed'].map((name) => volumeText(w, name))).toEqual([
    'Released c-kept',
    'gone',
    'Failed c-stuck',
    'Available -',
  ]);
  expect(told(w, 'stuck')).toEqual(['VolumeFailedDelete: host_path deleter only supports /tmp/.+ but received provided /data']);
  expect(remove(w, '/api/v1/persistentvolumes/kept')).toBe(200);
  expect(volumeText(w, 'kept')).toBe('gone');
});

test('a claim that lost its volume says so', () => {
  const w = world();
  w.create(volume('v'));
  w.create(claim('c', { storageClassName: 'manual' }));
  expect(remove(w, '/api/v1/persistentvolumes/v')).toBe(200);
  expect(volumeText(w, 'v')).toBe('Bound c');
  w.request('PATCH', '/api/v1/persistentvolumes/v', { metadata: { finalizers: null } }, { contentType: 'application/merge-patch+json' });
  expect(claimText(w, 'c')).toBe('Lost v -');
  expect(told(w, 'c')).toEqual(['ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!']);
});

test('provisioning takes a moment, and its volume goes with the claim', () => {
  const w = world({ timing: 'realistic' });
  w.create(storageClass('fast', 'disk.example.com'));
  w.create(claim('c', { storageClassName: 'fast' }));
  expect(claimText(w, 'c')).toBe('Pending - -');
  w.advance(5000);
  const name = `pvc-${pvc(w, 'c')?.metadata.uid}`;
  expect(claimText(w, 'c')).toBe(`Bound ${name} 1Gi`);
  expect(pv(w, name)?.spec).toMatchObject({ persistentVolumeReclaimPolicy: 'Delete', csi: { driver: 'disk.example.com' }, storageClassName: 'fast' });
  expect(told(w, 'c').map((text) => text.split(':')[0])).toEqual(['ExternalProvisioning', 'Provisioning', 'ProvisioningSucceeded']);
  remove(w, `${CLAIMS}/c`);
  expect(volumeText(w, name)).toBe('gone');
  expect([...w.state.runtime.keys('provision/'), ...w.state.runtime.keys('volume-said/')]).toEqual([]);
});

test('a claim that waits for its first consumer gets a volume on the node of the pod', () => {
  const w = world({ timing: 'realistic' });
  w.create(storageClass('local', 'rancher.io/local-path', { volumeBindingMode: 'WaitForFirstConsumer' }));
  w.create(claim('c', { storageClassName: 'local' }));
  expect(told(w, 'c')).toEqual(['WaitForFirstConsumer: waiting for first consumer to be created before binding']);
  w.create(user('p', 'c'));
  expect(w.object('core/pods/default/p')?.spec.nodeName).toBeUndefined();
  w.advance(10_000);
  const node = w.object('core/pods/default/p')?.spec.nodeName;
  expect(pvc(w, 'c')?.metadata.annotations?.['volume.kubernetes.io/selected-node']).toBe(node);
  const bound = pv(w, `pvc-${pvc(w, 'c')?.metadata.uid}`);
  expect(bound?.spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions).toEqual([
    { key: 'kubernetes.io/hostname', operator: 'In', values: [node] },
  ]);
  expect(bound?.spec.hostPath.path).toBe(`/var/local-path-provisioner/${bound?.metadata.name}_default_c`);
  expect(told(w, 'p').filter((text) => text.startsWith('FailedScheduling'))).toEqual([]);
  expect(w.object('core/pods/default/p')?.status.phase).toBe('Running');
  w.create({
    ...user('q', 'c'),
    spec: { ...user('q', 'c').spec, nodeSelector: { 'kubernetes.io/hostname': node === 'vivakube-worker' ? 'vivakube-worker2' : 'vivakube-worker' } },
  });
  expect(told(w, 'q')[0]).toContain("1 node(s) didn't match PersistentVolume's node affinity");
  expect(failures(w)).toEqual([]);
});

test('a claim in use outlives its deletion', () => {
  const w = world();
  w.create(volume('v'));
  w.create(claim('c', { storageClassName: 'manual' }));
  w.create(user('p', 'c'));
  expect(w.object('core/pods/default/p')?.status.phase).toBe('Running');
  remove(w, `${CLAIMS}/c`);
  expect(pvc(w, 'c')?.metadata).toMatchObject({ finalizers: ['kubernetes.io/pvc-protection'], deletionTimestamp: expect.any(String) });
  remove(w, '/api/v1/namespaces/default/pods/p');
  expect(claimText(w, 'c')).toBe('gone');
});

test.each([
  ['is missing', undefined, 'persistentvolumeclaim "c" not found'],
  ['is not bound', claim('c', { storageClassName: '' }), 'pod has unbound immediate PersistentVolumeClaims'],
])('a pod whose claim %s is not scheduled', (_why, object, reason) => {
  const w = world();
  if (object) w.create(object as never);
  w.create(user('p', 'c'));
  expect(told(w, 'p')).toEqual([
    `FailedScheduling: 0/3 nodes are available: ${reason}. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.`,
  ]);
  if (!object) w.create(claim('c', { storageClassName: '' }));
  w.create(volume('v', { storageClassName: '' }));
  w.advance(1000);
  expect(w.object('core/pods/default/p')?.status.phase).toBe('Running');
});

test('a bound volume grows, and its file system with the pod that uses it', () => {
  const w = world();
  w.create(storageClass('fast', 'cluster.local/dynamic', { allowVolumeExpansion: true }));
  w.create(claim('c', { storageClassName: 'fast' }));
  w.request('PATCH', `${CLAIMS}/c`, { spec: { resources: { requests: { storage: '3Gi' } } } }, { contentType: 'application/merge-patch+json' });
  expect(pvc(w, 'c')?.status).toMatchObject({
    capacity: { storage: '1Gi' },
    conditions: [{ type: 'FileSystemResizePending', status: 'True' }],
    allocatedResourceStatuses: { storage: 'NodeResizePending' },
  });
  w.create(user('p', 'c'));
  expect(pvc(w, 'c')?.status).toEqual({
    phase: 'Bound',
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '3Gi' },
    allocatedResources: { storage: '3Gi' },
  });
  expect(failures(w)).toEqual([]);
});

test('an ephemeral volume has a claim of the pod', () => {
  const w = world();
  w.create(storageClass('fast', 'cluster.local/dynamic'));
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } };
  w.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'nginx' }], volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec } } }] },
  });
  w.advance(1000);
  expect(w.object('core/pods/default/p')?.status.phase).toBe('Running');
  remove(w, '/api/v1/namespaces/default/pods/p');
  expect(claimText(w, 'p-scratch')).toBe('gone');
});

test('a claim that names no class gets the default one even when that comes later', () => {
  const w = world();
  const standard = w.objects('storage.k8s.io/storageclasses')[0]?.metadata.name as string;
  const setDefault = (value: string) =>
    w.request('PATCH', `/apis/storage.k8s.io/v1/storageclasses/${standard}`, { metadata: { annotations: { [DEFAULT]: value } } }, MERGE);
  setDefault('false');
  w.create(claim('late'));
  w.create(claim('none', { storageClassName: '' }));
  expect(pvc(w, 'late')?.spec.storageClassName).toBeUndefined();
  setDefault('true');
  expect([pvc(w, 'late')?.spec.storageClassName, pvc(w, 'none')?.spec.storageClassName]).toEqual([standard, '']);
  expect(failures(w)).toEqual([]);
});

test('volumes and claims of different attributes do not suit each other', () => {
  const w = world();
  w.create(volume('v', { volumeAttributesClassName: 'gold', hostPath: undefined, csi: { driver: 'x.io', volumeHandle: 'v' } }));
  w.create(claim('any', { storageClassName: 'manual' }));
  w.create(claim('named', { storageClassName: 'manual', volumeName: 'v' }));
  expect([claimText(w, 'any'), claimText(w, 'named')]).toEqual(['Pending - -', 'Pending v -']);
  expect(told(w, 'named')).toEqual(['VolumeMismatch: Cannot bind to requested volume "v": volumeAttributesClassName does not match']);
  w.create(claim('gold', { storageClassName: 'manual', volumeAttributesClassName: 'gold' }));
  expect(claimText(w, 'gold')).toBe('Bound v 1Gi');
});
