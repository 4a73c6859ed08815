import { describe, expect, test } from 'vitest';
import { fromCivil } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { aggregateText, type FieldError } from '../../machinery/field.ts';
import type { KindDefinition } from '../../machinery/kind.ts';
import { controllerRevision } from '../apps/controllerrevisions/kind.ts';
import { lease } from '../coordination/leases/kind.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { configMap } from './configmaps/kind.ts';
import { event } from './events/kind.ts';
import { namespace } from './namespaces/kind.ts';
import { node } from './nodes/kind.ts';
import { secret } from './secrets/kind.ts';

const NOW = fromCivil(2026, 1, 1, 12);
const text = (errors: FieldError[] | undefined): string => (errors?.length ? aggregateText(errors) : '');
const row = (kind: KindDefinition, object: object): unknown[] => kind.columns.map((c) => c.cell(object as KubeObject, { now: NOW }));

function made(kind: KindDefinition, fields: object): KubeObject {
  const object = structuredClone({ apiVersion: 'v1', kind: kind.kind, metadata: { name: 'x', namespace: 'default' }, ...fields }) as KubeObject;
  kind.defaults?.(object);
  return object;
}
const check = (kind: KindDefinition, fields: object): string => text(kind.validate?.(made(kind, fields)));
const change = (kind: KindDefinition, before: object, after: object): string => text(kind.validateUpdate?.(made(kind, after), made(kind, before)));

test.each(['', 'a', 'ab', 'abc', 'plain', 'ü€𝄞', '\u0000\u00ff'])('base64 of %j', (value) => {
  expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'));
  expect(Buffer.from(fromBase64(toBase64(value))).toString()).toBe(value);
});

describe('config maps', () => {
  test('keys, sizes and overlap', () => {
    expect(check(configMap, { data: { a: 'b' }, binaryData: { c: 'aGk=' } })).toBe('');
    expect(check(configMap, { data: { '..': 'b' } })).toBe('data[..]: Invalid value: "..": must not be \'..\'');
    expect(check(configMap, { data: { a: 'b' }, binaryData: { a: '' } })).toBe('data[a]: Invalid value: "a": duplicate of key present in binaryData');
    expect(check(configMap, { data: { a: 'x'.repeat(1024 * 1024 + 1) } })).toBe('[]: Too long: may not be more than 1048576 bytes');
  });

  test('immutable once, immutable for good', () => {
    const why = 'field is immutable when `immutable` is set';
    expect(change(configMap, { immutable: true, data: { a: 'b' } }, { immutable: true, data: { a: 'b' } })).toBe('');
    expect(change(configMap, { immutable: true, data: { a: 'b' } }, { data: { a: 'c' } })).toBe(
      `[immutable: Forbidden: ${why}, data: Forbidden: ${why}]`,
    );
  });

  test('a line', () => {
    expect(row(configMap, { metadata: { name: 'x' }, data: { a: '' }, binaryData: { b: '' } })).toEqual(['x', 2, '<unknown>']);
  });
});

describe('secrets', () => {
  test('stringData folds into data and is gone', () => {
    expect(made(secret, { data: { a: 'aGk=' }, stringData: { b: 'plain' } })).toMatchObject({ type: 'Opaque', data: { a: 'aGk=', b: 'cGxhaW4=' } });
    expect(made(secret, { stringData: { b: 'x' } })).not.toHaveProperty('stringData');
  });

  test.each([
    ['kubernetes.io/basic-auth', {}, '[data[username]: Required value, data[password]: Required value]'],
    ['kubernetes.io/basic-auth', { username: 'dQ==' }, ''],
    ['kubernetes.io/tls', { 'tls.crt': '' }, 'data[tls.key]: Required value'],
    ['kubernetes.io/ssh-auth', {}, 'data[ssh-privatekey]: Required value'],
    ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': toBase64('{}') }, ''],
    [
      'kubernetes.io/dockerconfigjson',
      { '.dockerconfigjson': toBase64('nope') },
      "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid character 'o' in literal null (expecting 'u')",
    ],
    [
      'kubernetes.io/dockercfg',
      { '.dockercfg': toBase64('[]') },
      'data[.dockercfg]: Invalid value: "<secret contents redacted>": json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    ['kubernetes.io/service-account-token', {}, 'metadata.annotations[kubernetes.io/service-account.name]: Required value'],
    ['whatever', {}, ''],
  ])('%s with %j', (type, data, expected) => {
    expect(check(secret, { type, data })).toBe(expected);
  });

  test('the type stays', () => {
    expect(change(secret, { type: 'a' }, { type: 'b' })).toBe('type: Invalid value: "b": field is immutable');
  });
});

describe('namespaces', () => {
  test('a new one is active, labelled and finalized by Kubernetes', () => {
    const object = made(namespace, { metadata: { name: 'team' } });
    namespace.prepareForCreate?.(object, undefined as never);
    expect(object).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'team' } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    expect(namespace.holdsDeletion?.(object)).toBe(true);
  });

  test('pod security levels', () => {
    expect(check(namespace, { metadata: { name: 'a', labels: { 'pod-security.kubernetes.io/enforce': 'strict' } } })).toBe(
      'metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted',
    );
  });

  test('the phase follows deletion', () => {
    expect(text(namespace.validateStatusUpdate?.(made(namespace, { status: { phase: 'Terminating' } }), made(namespace, {})))).toBe(
      'status.Phase: Invalid value: "Terminating": may only be \'Active\' if `deletionTimestamp` is empty',
    );
  });
});

describe('nodes', () => {
  test('one pod range fills the other field', () => {
    expect(made(node, { spec: { podCIDR: '10.0.0.0/24' } }).spec.podCIDRs).toEqual(['10.0.0.0/24']);
    expect(check(node, { spec: { podCIDR: '10.300.0.0/24' } })).toContain(
      'spec.podCIDRs[0]: Invalid value: "10.300.0.0/24": must be a valid CIDR value',
    );
  });

  test('taints are unique by key and effect', () => {
    const taint = { key: 'k', effect: 'NoSchedule' };
    expect(check(node, { spec: { taints: [taint, taint] } })).toBe(
      'metadata.taints[1]: Duplicate value: {"Key":"k","Value":"","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
    );
  });

  test('what is set once', () => {
    expect(change(node, { spec: { providerID: 'a' } }, { spec: { providerID: 'b' } })).toBe(
      'spec.providerID: Forbidden: node updates may not change providerID except from "" to valid',
    );
  });

  test('a line', () => {
    const object = {
      metadata: { name: 'n', labels: { 'node-role.kubernetes.io/worker': '', 'node-role.kubernetes.io/control-plane': '' } },
      spec: { unschedulable: true },
      status: {
        conditions: [{ type: 'Ready', status: 'True' }],
        addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
        nodeInfo: { kubeletVersion: 'v1.36.0' },
      },
    };
    expect(row(node, object)).toEqual([
      'n',
      'Ready,SchedulingDisabled',
      'control-plane,worker',
      '<unknown>',
      'v1.36.0',
      '10.0.0.1',
      '<none>',
      '<unknown>',
      '<unknown>',
      '<unknown>',
    ]);
  });
});

describe('events', () => {
  const about = { involvedObject: { kind: 'Pod', name: 'p', namespace: 'default', fieldPath: 'spec.containers{a}' } };
  test('they live beside what they are about', () => {
    expect(check(event, about)).toBe('');
    expect(check(event, { involvedObject: { namespace: 'other' } })).toBe(
      'involvedObject.namespace: Invalid value: "other": does not match event.namespace',
    );
    expect(check(event, { ...about, eventTime: 't' })).toContain('reportingComponent: Required value');
  });

  test('a line', () => {
    const object = {
      ...about,
      metadata: { name: 'p.1' },
      type: 'Normal',
      reason: 'Pulled',
      message: ' done\n',
      source: { component: 'kubelet', host: 'n1' },
      firstTimestamp: '2026-01-01T11:50:00Z',
      lastTimestamp: '2026-01-01T11:59:30Z',
      count: 4,
    };
    expect(row(event, object)).toEqual(['30s', 'Normal', 'Pulled', 'pod/p', 'spec.containers{a}', 'kubelet, n1', 'done', '10m', 4, 'p.1']);
    expect(row(event, { ...object, series: { count: 9, lastObservedTime: '2026-01-01T11:59:59.000000Z' } })[0]).toBe('1s');
  });
});

test('leases last for a while', () => {
  expect(check(lease, { spec: { leaseDurationSeconds: 0, leaseTransitions: -1 } })).toBe(
    '[spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0, spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0]',
  );
  expect(check(lease, { spec: { preferredHolder: 'a' } })).toBe('spec.preferredHolder: Forbidden: may only be specified when `strategy` is defined');
});

test('revisions name who made them and keep their data', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'u', controller: true };
  expect(row(controllerRevision, { metadata: { name: 'r', ownerReferences: [owner] }, revision: 2 })).toEqual([
    'r',
    'statefulset.apps/web',
    2,
    '<unknown>',
  ]);
  expect(check(controllerRevision, { revision: -1 })).toBe(
    '[data: Required value: data is mandatory, revision: Invalid value: -1: must be greater than or equal to 0]',
  );
  expect(change(controllerRevision, { data: { a: 1 } }, { data: { a: 2 } })).toBe('data: Invalid value: {"a":2}: field is immutable');
});
