import { expect, test } from 'vitest';
import { type World, world } from '../../../testing/world.ts';
import type { KubeObject } from '../../core/object.ts';

const attributes = (name: string, driverName = 'disk.sim.vivakube.dev') => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'VolumeAttributesClass',
  metadata: { name },
  driverName,
  parameters: { iops: '1000' },
});
const DISKS = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'disks' }, provisioner: 'disk.sim.vivakube.dev' };
const claim = (volumeAttributesClassName?: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'default' },
  spec: { storageClassName: 'disks', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, volumeAttributesClassName },
});
const pvc = (w: World) => w.object('core/persistentvolumeclaims/default/data');
const change = (w: World, volumeAttributesClassName: string): number =>
  w.request(
    'PATCH',
    '/api/v1/namespaces/default/persistentvolumeclaims/data',
    { spec: { volumeAttributesClassName } },
    {
      contentType: 'application/merge-patch+json',
    },
  ).code;
const told = (w: World): string[] =>
  w
    .objects('core/events')
    .filter(({ reason }) => /Modify|Failed/.test(reason))
    .map((e) => `${e.reason}: ${e.message}`);

function bound(): World {
  const w = world({ timing: 'realistic' });
  w.create(DISKS);
  w.create(claim());
  w.advance(10_000);
  return w;
}

test('a volume gets the attributes that its claim asks for', () => {
  const w = bound();
  w.create(attributes('gold'));
  expect(change(w, 'gold')).toBe(200);
  expect(pvc(w)?.status).toMatchObject({
    modifyVolumeStatus: { status: 'InProgress', targetVolumeAttributesClassName: 'gold' },
    conditions: [{ type: 'ModifyingVolume', status: 'True', message: 'ModifyVolume operation in progress.' }],
  });
  w.advance(10_000);
  const { status, spec } = pvc(w) as KubeObject;
  expect(status).toEqual({ phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, currentVolumeAttributesClassName: 'gold' });
  expect(w.object(`core/persistentvolumes//${spec?.volumeName}`)?.spec.volumeAttributesClassName).toBe('gold');
  expect(told(w)).toEqual([
    'VolumeModify: external resizer is modifying volume data with vac gold',
    'VolumeModifySuccessful: external resizer modified volume data with vac gold successfully ',
  ]);
});

test('attributes that are not there yet are waited for', () => {
  const w = bound();
  change(w, 'gold');
  expect(pvc(w)?.status.modifyVolumeStatus).toEqual({ status: 'Pending', targetVolumeAttributesClassName: 'gold' });
  expect(told(w)).toEqual(['VolumeModifyFailed: VAC gold does not exist.']);
  w.create(attributes('gold'));
  w.advance(10_000);
  expect(pvc(w)?.status.currentVolumeAttributesClassName).toBe('gold');
});

test('a volume is made with the attributes that its claim asks for at first', () => {
  const w = world();
  w.create(DISKS);
  w.create(claim('gold'));
  expect(told(w)).toEqual([
    'ProvisioningFailed: failed to provision volume with StorageClass "disks": volumeattributesclass.storage.k8s.io "gold" not found',
  ]);
  w.create(attributes('gold'));
  expect(pvc(w)?.status).toMatchObject({ phase: 'Bound', currentVolumeAttributesClassName: 'gold' });
});

test('attributes in use outlive their deletion', () => {
  const w = world();
  w.create(DISKS);
  w.create(attributes('gold'));
  w.create(claim('gold'));
  const url = '/apis/storage.k8s.io/v1/volumeattributesclasses/gold';
  w.request('DELETE', url);
  expect(w.request('GET', url).body.metadata).toMatchObject({ finalizers: ['kubernetes.io/vac-protection'] });
  w.request('DELETE', '/api/v1/namespaces/default/persistentvolumeclaims/data');
  expect(w.request('GET', url).code).toBe(404);
});
