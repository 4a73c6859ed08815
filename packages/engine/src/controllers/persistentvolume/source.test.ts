import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';

const claim = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'default' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } }, storageClassName: 'fast', ...spec },
});
const of = (name: string) => ({ dataSource: { kind: 'PersistentVolumeClaim', name } });
const withClasses = (): World => {
  const w = world();
  for (const name of ['fast', 'other'])
    w.create({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner: `${name}.csi.example.com` });
  return w;
};
const pvc = (w: World, name: string) => w.object(`core/persistentvolumeclaims/default/${name}`);
const told = (w: World, name: string): string[] =>
  w
    .objects('core/events')
    .filter((e) => e.involvedObject.name === name && e.reason !== 'ExternalProvisioning')
    .map(
      (e) =>
        `${e.reason}: ${e.message.replace(/^failed to provision volume with StorageClass "fast": error getting handle for DataSource Type /, '')}`,
    );

test.each([
  ['a smaller one', { ...of('source'), resources: { requests: { storage: '1Gi' } } }, /requested 1073741824 but source is 2147483648$/],
  ['one of another mode', { ...of('source'), volumeMode: 'Block' }, /Source is Filesystem, but new PVC requested Block$/],
  ['one of another driver', of('elsewhere'), /: claim in dataSource not bound or invalid$/],
  [
    'one of nothing',
    of('ghost'),
    /^ProvisioningFailed: PersistentVolumeClaim by Name ghost: error getting PVC ghost .* persistentvolumeclaims "ghost" not found$/,
  ],
  ['one that waits itself', of('waiting'), /must have a status of Bound\. {2}Got \{Pending \[\] map\[\] \[\] map\[\] map\[\] <nil> <nil>\}$/],
  [
    'one of a snapshot',
    { dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 's' } },
    /by Name s: error getting snapshot s from api server: volumesnapshots\.snapshot\.storage\.k8s\.io "s" not found$/,
  ],
  ['one with a selector', { selector: { matchLabels: { a: 'b' } } }, /: claim Selector is not supported$/],
])('a claim is not made: %s', (_, spec, problem) => {
  const w = withClasses();
  w.create(claim('source'));
  w.create(claim('elsewhere', { storageClassName: 'other' }));
  w.create(claim('waiting', { ...of('ghost') }));
  w.create(claim('c', spec));
  expect(pvc(w, 'c')?.status).toEqual({ phase: 'Pending' });
  expect(told(w, 'c').at(-1)).toMatch(problem);
  expect(told(w.advance(3_600_000), 'c')).toHaveLength(2);
});

test('a clone waits for its source, and is made then', () => {
  const w = withClasses();
  w.create(claim('c', of('source')));
  w.create(claim('source', { resources: { requests: { storage: '3Gi' } } }));
  expect(told(w, 'c').at(-1)).toMatch(/requested 2147483648 but source is 3221225472$/);
  w.request('DELETE', '/api/v1/namespaces/default/persistentvolumeclaims/source');
  w.create(claim('source'));
  expect(pvc(w, 'c')?.status.phase).toBe('Bound');
});

test('a clone has what its source had, from then on its own', () => {
  const w = withClasses();
  const pod = (name: string, claimName: string, script: string) =>
    w.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', script], volumeMounts: [{ name: 'd', mountPath: '/d' }] }],
        volumes: [{ name: 'd', persistentVolumeClaim: { claimName } }],
      },
    });
  w.create(claim('source'));
  pod('writer', 'source', 'echo one > /d/f');
  w.create(claim('c', of('source')));
  pod('later', 'source', 'echo two > /d/f');
  pod('reader', 'c', 'cat /d/f');
  expect(w.request('GET', '/api/v1/namespaces/default/pods/reader/log').body).toBe('one\n');
});

test('other sources are left to a populator, or were never asked for', () => {
  const w = withClasses();
  const source = { apiGroup: 'example.com', kind: 'Backup', name: 'b' };
  w.create(claim('ref', { dataSourceRef: source }));
  w.create(claim('old', { dataSource: source }));
  w.create(claim('far', { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'x', namespace: 'elsewhere' } }));
  expect(told(w, 'ref').at(-1)).toBe('Provisioning: Assuming an external populator will provision the volume');
  expect(['ref', 'old', 'far'].map((name) => [pvc(w, name)?.status.phase, pvc(w, name)?.spec.dataSourceRef?.kind])).toEqual([
    ['Pending', 'Backup'],
    ['Bound', undefined],
    ['Bound', undefined],
  ]);
});
