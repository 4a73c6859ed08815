import { describe, expect, it } from 'vitest';
import { cells, changed, changeRefusals, defaulted, refusals } from '../../../testing/verdict.ts';
import { persistentVolumeClaim } from '../core/persistentvolumeclaims/kind.ts';
import { persistentVolume } from '../core/persistentvolumes/kind.ts';
import { csiDriver } from './csidrivers/kind.ts';
import { storageClass } from './storageclasses/kind.ts';

describe('claims', () => {
  const claim = {
    metadata: { name: 'data', namespace: 'default' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'standard', volumeName: 'pv' },
  };
  const bound = { ...claim, status: { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'] } };

  it.each([
    ['spec.accessModes', [], ['spec.accessModes: Required value: at least 1 access mode is required']],
    [
      'spec.accessModes',
      ['ReadWriteOncePod', 'ReadWriteMany'],
      ['spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes'],
    ],
    ['spec.resources', {}, ['spec.resources[storage]: Required value']],
    ['spec.resources.requests.storage', '0', ['spec.resources[storage]: Invalid value: "0": must be greater than zero']],
  ])('refuse %s = %j', (path, value, expected) => {
    expect(refusals(persistentVolumeClaim, changed(claim, path, value))).toEqual(expected);
  });

  it('grow while bound, and change in nothing else', () => {
    const immutable = 'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    expect(changeRefusals(persistentVolumeClaim, bound, changed(bound, 'spec.resources.requests.storage', '2Gi'))).toEqual([]);
    expect(changeRefusals(persistentVolumeClaim, bound, changed(bound, 'spec.storageClassName', 'fast'))).toEqual([
      `${immutable}\n@@ -10,7 +10,7 @@\n   }\n  },\n  "VolumeName": "pv",\n- "StorageClassName": "standard",\n+ "StorageClassName": "fast",\n  "VolumeMode": "Filesystem",\n  "DataSource": null,\n  "DataSourceRef": null,\n`,
    ]);
    expect(changeRefusals(persistentVolumeClaim, bound, changed(bound, 'spec.resources.requests.storage', '512Mi'))).toEqual([
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ]);
  });

  it('print what they got', () => {
    expect(cells(persistentVolumeClaim, bound)).toMatchObject({
      Status: 'Bound',
      Volume: 'pv',
      Capacity: '1Gi',
      'Access Modes': 'RWO',
      VolumeAttributesClass: '<unset>',
    });
    expect(cells(persistentVolumeClaim, { metadata: {}, spec: {}, status: { phase: 'Pending' } })).toMatchObject({
      Status: 'Pending',
      Capacity: '',
      'Access Modes': '',
    });
  });
});

describe('volumes', () => {
  const volume = { metadata: { name: 'pv' }, spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteMany'], hostPath: { path: '/data' } } };

  it.each([
    ['spec.hostPath', undefined, ['spec: Required value: must specify a volume type']],
    ['spec.nfs', { server: 's', path: '/' }, ['spec.nfs: Forbidden: may not specify more than 1 volume type']],
    ['spec.capacity', { cpu: '1' }, ['spec.capacity: Unsupported value: {"cpu":"1"}: supported values: "storage"']],
    [
      'spec.persistentVolumeReclaimPolicy',
      'Keep',
      ['spec.persistentVolumeReclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Recycle", "Retain"'],
    ],
  ])('refuse %s = %j', (path, value, expected) => {
    expect(refusals(persistentVolume, changed(volume, path, value))).toEqual(expected);
  });

  it('local ones say where they are', () => {
    const local = changed(changed(volume, 'spec.hostPath', undefined), 'spec.local', { path: '/disk' });
    expect(refusals(persistentVolume, local)).toEqual(['spec.nodeAffinity: Required value: Local volume requires node affinity']);
  });

  it('keep their source', () => {
    expect(changeRefusals(persistentVolume, volume, changed(volume, 'spec.hostPath.path', '/other'))).toEqual([
      expect.stringMatching(
        /^spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation\n@@ -2,7 \+2,7 @@\n.*- {2}"Path": "\/data",\n\+ {2}"Path": "\/other",\n/s,
      ),
    ]);
  });
});

describe('storage classes', () => {
  const standard = {
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'rancher.io/local-path',
  };

  it('are filled in and printed with the default marked', () => {
    expect(defaulted(storageClass, standard)).toMatchObject({ reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
    expect(cells(storageClass, standard)).toMatchObject({ Name: 'standard (default)', AllowVolumeExpansion: 'false' });
  });

  it.each([
    ['provisioner', undefined, ['provisioner: Required value']],
    ['allowedTopologies', [{}], ['allowedTopologies[0].matchLabelExpressions: Duplicate value: ""']],
    ['volumeBindingMode', 'Later', ['volumeBindingMode: Unsupported value: "Later": supported values: "Immediate", "WaitForFirstConsumer"']],
  ])('refuse %s = %j', (path, value, expected) => {
    expect(refusals(storageClass, changed(standard, path, value))).toEqual(expected);
  });

  it('do not change', () => {
    expect(changeRefusals(storageClass, standard, changed(standard, 'provisioner', 'other'))).toEqual([
      'provisioner: Forbidden: updates to provisioner are forbidden.',
    ]);
  });
});

it('drivers default to attaching', () => {
  expect(defaulted(csiDriver, { metadata: { name: 'csi.example.com' } }).spec).toMatchObject({
    attachRequired: true,
    volumeLifecycleModes: ['Persistent'],
  });
});
