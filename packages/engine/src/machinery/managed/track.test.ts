import { definition } from '@vivakube/schema';
import { describe, expect, test } from 'vitest';
import type { KubeObject, ManagedFieldsEntry } from '../../core/object.ts';
import { managerName, RESET_SPEC, RESET_STATUS, trackUpdate } from './index.ts';

const T1 = '2024-01-01T00:00:00Z';
const T2 = '2024-01-01T00:00:05Z';
const deployment = definition('apps.v1.Deployment');

const web: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', uid: 'u1', resourceVersion: '5', creationTimestamp: T1, generation: 1, labels: { app: 'web' } },
  spec: {
    progressDeadlineSeconds: 600,
    replicas: 1,
    revisionHistoryLimit: 10,
    selector: { matchLabels: { app: 'web' } },
    strategy: { rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' }, type: 'RollingUpdate' },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'nginx',
            image: 'nginx',
            imagePullPolicy: 'Always',
            ports: [
              { containerPort: 443, protocol: 'TCP' },
              { containerPort: 80, protocol: 'TCP' },
            ],
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds: 30,
      },
    },
  },
  status: {},
};

// As a real control plane writes it for `kubectl create deployment`.
const CREATED = {
  'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
  'f:spec': {
    'f:progressDeadlineSeconds': {},
    'f:replicas': {},
    'f:revisionHistoryLimit': {},
    'f:selector': {},
    'f:strategy': { 'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} }, 'f:type': {} },
    'f:template': {
      'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
      'f:spec': {
        'f:containers': {
          'k:{"name":"nginx"}': {
            '.': {},
            'f:image': {},
            'f:imagePullPolicy': {},
            'f:name': {},
            'f:ports': {
              '.': {},
              'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {}, 'f:protocol': {} },
              'k:{"containerPort":443,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {}, 'f:protocol': {} },
            },
            'f:resources': {},
            'f:terminationMessagePath': {},
            'f:terminationMessagePolicy': {},
          },
        },
        'f:dnsPolicy': {},
        'f:restartPolicy': {},
        'f:schedulerName': {},
        'f:securityContext': {},
        'f:terminationGracePeriodSeconds': {},
      },
    },
  },
};

const by = { apiVersion: 'apps/v1', definition: deployment, time: T2 };
const created = trackUpdate({
  ...by,
  old: undefined,
  new: web,
  manager: 'kubectl-create',
  time: T1,
  resetFields: RESET_STATUS,
}) as ManagedFieldsEntry[];
const managed = (object: KubeObject, managedFields = created): KubeObject => ({ ...object, metadata: { ...object.metadata, managedFields } });
const changed = (object: KubeObject, spec: object): KubeObject => ({ ...object, spec: { ...object.spec, ...spec } });
const fieldsOf = (entries: ManagedFieldsEntry[] | undefined, manager: string): unknown => entries?.find((e) => e.manager === manager)?.fieldsV1;

describe('creation', () => {
  test('a Deployment, byte for byte', () => {
    expect(JSON.stringify(created)).toBe(
      JSON.stringify([
        { manager: 'kubectl-create', operation: 'Update', apiVersion: 'apps/v1', time: T1, fieldsType: 'FieldsV1', fieldsV1: CREATED },
      ]),
    );
  });

  test('a Pod of a ReplicaSet', () => {
    const pod: KubeObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'p',
        generateName: 'p-',
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'u9', controller: true }],
      },
      spec: { containers: [{ name: 'c' }], tolerations: [{ key: 'k' }], nodeSelector: { a: 'b' } },
    };
    const [entry] = trackUpdate({
      old: undefined,
      new: pod,
      manager: 'kube-controller-manager',
      apiVersion: 'v1',
      time: T1,
      definition: definition('core.v1.Pod'),
    }) as [ManagedFieldsEntry];
    expect(entry.fieldsV1).toEqual({
      'f:metadata': { 'f:generateName': {}, 'f:ownerReferences': { '.': {}, 'k:{"uid":"u9"}': {} } },
      'f:spec': { 'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:name': {} } }, 'f:nodeSelector': {}, 'f:tolerations': {} },
    });
  });

  test('objects that own the same share what they own', () => {
    const again = trackUpdate({ ...by, old: undefined, new: structuredClone(web), manager: 'other' }) as [ManagedFieldsEntry];
    const specOf = ([entry]: ManagedFieldsEntry[]) => entry?.fieldsV1?.['f:spec'];
    expect(specOf(created)).toBeDefined();
    expect(specOf(again)).toBe(specOf(created));
  });

  test('finalizers, data with odd keys, and custom resources that start from nothing', () => {
    const config: KubeObject = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', finalizers: ['b', 'a'] },
      data: JSON.parse('{"__proto__":"x","a.b":"y"}'),
    };
    const [entry] = trackUpdate({
      old: undefined,
      new: config,
      manager: 'm',
      apiVersion: 'v1',
      time: T1,
      definition: definition('core.v1.ConfigMap'),
    }) as [ManagedFieldsEntry];
    expect(JSON.stringify(entry.fieldsV1)).toBe(
      '{"f:data":{".":{},"f:__proto__":{},"f:a.b":{}},"f:metadata":{"f:finalizers":{".":{},"v:\\"a\\"":{},"v:\\"b\\"":{}}}}',
    );
    const widget = {
      name: 'example.com.v1.Widget',
      gvk: { group: 'example.com', version: 'v1', kind: 'Widget' },
      required: [],
      fields: new Map(
        Object.entries({
          metadata: { type: { kind: 'ref' as const, name: 'meta.v1.ObjectMeta' } },
          spec: { type: { kind: 'scalar' as const, scalar: 'any' as const } },
        }),
      ),
    };
    const object = {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'w', labels: { a: 'b' } },
      spec: { deep: { list: [1], text: 'x' } },
    };
    const [own] = trackUpdate({ old: undefined, new: object, manager: 'm', apiVersion: 'example.com/v1', time: T1, definition: widget }) as [
      ManagedFieldsEntry,
    ];
    expect(own.fieldsV1).toEqual({
      'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } },
      'f:spec': { '.': {}, 'f:deep': { '.': {}, 'f:list': {}, 'f:text': {} } },
    });
  });
});

describe('changes', () => {
  test('take fields away from those who had them', () => {
    const entries = trackUpdate({ ...by, old: managed(web), new: changed(managed(web), { replicas: 3, paused: true }), manager: 'kubectl' });
    expect(entries?.map((e) => [e.manager, e.time])).toEqual([
      ['kubectl-create', T1],
      ['kubectl', T2],
    ]);
    expect(fieldsOf(entries, 'kubectl')).toEqual({ 'f:spec': { 'f:paused': {}, 'f:replicas': {} } });
    const { 'f:replicas': _, ...rest } = CREATED['f:spec'];
    expect(fieldsOf(entries, 'kubectl-create')).toEqual({ ...CREATED, 'f:spec': rest });
  });

  test('that change nothing keep the very list', () => {
    const old = managed(web);
    expect(trackUpdate({ ...by, old, new: { ...old, metadata: { ...old.metadata, resourceVersion: '9', generation: 2 } }, manager: 'x' })).toBe(
      created,
    );
    expect(trackUpdate({ ...by, old, new: structuredClone(old), manager: 'x' })).toEqual(created);
  });

  test('by the same manager join its entry and renew its time', () => {
    const entries = trackUpdate({ ...by, old: managed(web), new: changed(managed(web), { replicas: 3, paused: true }), manager: 'kubectl-create' });
    expect(entries).toHaveLength(1);
    expect(entries?.[0]?.time).toBe(T2);
    expect(JSON.stringify(entries?.[0]?.fieldsV1)).toContain('"f:paused":{},"f:progressDeadlineSeconds":{},"f:replicas":{}');
  });

  test('that only remove leave the time alone', () => {
    const { revisionHistoryLimit: _, ...spec } = web.spec;
    const entries = trackUpdate({ ...by, old: managed(web), new: { ...managed(web), spec }, manager: 'kubectl-create' });
    expect(entries?.[0]?.time).toBe(T1);
    expect(JSON.stringify(entries)).not.toContain('revisionHistoryLimit');
  });

  test('of a list item name the item', () => {
    const template = structuredClone(web.spec.template);
    template.spec.containers[0].image = 'nginx:2';
    template.spec.containers.push({ name: 'side', image: 's' });
    const entries = trackUpdate({ ...by, old: managed(web), new: changed(managed(web), { template }), manager: 'kubectl-set' });
    expect(fieldsOf(entries, 'kubectl-set')).toEqual({
      'f:spec': {
        'f:template': {
          'f:spec': { 'f:containers': { 'k:{"name":"nginx"}': { 'f:image': {} }, 'k:{"name":"side"}': { '.': {}, 'f:image': {}, 'f:name': {} } } },
        },
      },
    });
  });

  test('of the status are kept under their own subresource, and never own the spec', () => {
    const status = {
      replicas: 1,
      conditions: [
        { type: 'Progressing', status: 'True' },
        { type: 'Available', status: 'False' },
      ],
    };
    const entries = trackUpdate({
      ...by,
      old: managed(web),
      new: { ...changed(managed(web), { replicas: 7 }), status },
      manager: 'kube-controller-manager',
      subresource: 'status',
      resetFields: RESET_SPEC,
    }) as ManagedFieldsEntry[];
    const entry = entries.find((e) => e.subresource === 'status');
    // Replicas that the door drops stay whose they were.
    expect(entries.find((e) => e.subresource === undefined)).toBe(created?.[0]);
    expect(JSON.stringify(entry)).toBe(
      `{"manager":"kube-controller-manager","operation":"Update","apiVersion":"apps/v1","time":"${T2}","fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:conditions":{".":{},"k:{\\"type\\":\\"Available\\"}":{".":{},"f:status":{},"f:type":{}},"k:{\\"type\\":\\"Progressing\\"}":{".":{},"f:status":{},"f:type":{}}},"f:replicas":{}}},"subresource":"status"}`,
    );
  });

  test('by many managers are merged, oldest first', () => {
    let object = managed(web);
    for (let i = 0; i < 14; i++) {
      const time = `2024-01-01T00:01:${10 + i}Z`;
      const next = { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [`a${i}`]: 'x' } } };
      object = managed(next, trackUpdate({ ...by, old: object, new: next, manager: `m${i}`, time }));
    }
    const entries = object.metadata.managedFields as ManagedFieldsEntry[];
    expect(entries).toHaveLength(10);
    expect(entries[0]?.manager).toBe('ancient-changes');
    expect(entries[0]?.time).toBe('2024-01-01T00:01:14Z');
    const annotations = (entries[0] as ManagedFieldsEntry).fieldsV1 as Record<string, Record<string, object>>;
    expect(Object.keys(annotations['f:metadata']?.['f:annotations'] ?? {})).toEqual(['.', 'f:a0', 'f:a1', 'f:a2', 'f:a3', 'f:a4']);
  });
});

describe('managedFields sent by a client', () => {
  const sent = (managedFields: unknown, spec: object = {}) =>
    trackUpdate({ ...by, old: managed(web), new: changed(managed(web, managedFields as ManagedFieldsEntry[]), spec), manager: 'kubectl' });
  test.each([[[]], [[{}]]])('%j forgets everything', (list) => expect(sent(list, { replicas: 9 })).toBeUndefined());
  test('what is no list of managers is ignored', () => {
    expect(sent([{ manager: 'x', operation: 'Frob' }])).toBe(created);
    expect(sent([{ manager: 'x', operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: { nope: {} } }])).toBe(created);
    expect(sent(undefined)).toBe(created);
  });
  test('a proper list replaces the one there was', () => {
    const list = [
      {
        manager: 'kubectl',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        time: T1,
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      },
    ];
    expect(sent(list)).toEqual(list);
  });
  test('subresources cannot set it', () => {
    const next = managed(web, [{}]);
    expect(trackUpdate({ ...by, old: managed(web), new: next, manager: 'kubectl', subresource: 'status' })).toBe(created);
  });
});

test.each([
  ['mine', 'kubectl/v1.30 (linux)', 'mine'],
  [undefined, 'kubectl/v1.30 (linux/amd64)', 'kubectl'],
  ['', 'Mozilla 5.0', 'Mozilla 5.0'],
  [undefined, undefined, ''],
  [undefined, `${'é'.repeat(80)}/x`, 'é'.repeat(64)],
])('manager of %s and %s', (parameter, userAgent, expected) => expect(managerName(parameter, userAgent)).toBe(expected));
