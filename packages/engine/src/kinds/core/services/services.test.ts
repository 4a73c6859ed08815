import { describe, expect, it } from 'vitest';
import { cells, changed, changeRefusals, defaulted, refusals } from '../../../../testing/verdict.ts';
import type { KubeObject } from '../../../core/object.ts';
import { ApiError } from '../../../machinery/status.ts';
import { service } from './kind.ts';

const web = { metadata: { name: 'web', namespace: 'default', uid: 'u-1' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } };

function contextWith(...others: KubeObject[]): never {
  const indexed = (_resource: string, index: string, value: string): KubeObject[] =>
    others.filter((other) => service.indexes?.[index]?.(other).includes(value));
  return { view: { indexed, list: () => [] }, now: 0, seed: 'seed' } as never;
}

function made(object: object, context = contextWith()): KubeObject {
  const copy = defaulted(service, object);
  service.prepareForCreate?.(copy, context);
  return copy;
}

const message = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof ApiError) return error.status.message ?? '';
    throw error;
  }
  return '';
};

describe('allocation', () => {
  it('gives an address of the range, the same for the same service', () => {
    const { spec } = made(web);
    expect(spec.clusterIP).toMatch(/^10\.(9[6-9]|10\d|11[01])\./);
    expect(spec).toMatchObject({ clusterIPs: [spec.clusterIP], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' });
    expect(made(web).spec.clusterIP).toBe(spec.clusterIP);
  });

  it('never gives an address twice', () => {
    const first = made(web);
    const second = made({ ...web, metadata: { ...web.metadata, name: 'other' } }, contextWith(first));
    expect(second.spec.clusterIP).not.toBe(first.spec.clusterIP);
  });

  it('refuses addresses and ports that are taken or out of range', () => {
    const node = made(changed(changed(web, 'spec.type', 'NodePort'), 'spec.ports.0.nodePort', 30_100));
    const other = { ...node, metadata: { name: 'b', namespace: 'default' } };
    expect(message(() => made(other, contextWith(node)))).toBe(
      `Service "b" is invalid: spec.clusterIPs: Invalid value: ["${node.spec.clusterIP}"]: failed to allocate IP ${node.spec.clusterIP}: provided IP is already allocated`,
    );
    const portOnly = { ...web, metadata: other.metadata, spec: { ...web.spec, type: 'NodePort', ports: [{ port: 80, nodePort: 30_100 }] } };
    expect(message(() => made(portOnly, contextWith(node)))).toBe(
      'Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 30100: provided port is already allocated',
    );
    expect(message(() => made(changed(portOnly, 'spec.ports.0.nodePort', 80)))).toBe(
      'Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    );
  });

  it('leaves headless and external services alone', () => {
    expect(made(changed(web, 'spec.clusterIP', 'None')).spec).toMatchObject({ clusterIP: 'None', clusterIPs: ['None'] });
    expect(made({ ...web, spec: { type: 'ExternalName', externalName: 'db.example.com' } }).spec).toEqual({
      type: 'ExternalName',
      externalName: 'db.example.com',
      sessionAffinity: 'None',
    });
  });
});

describe('validation', () => {
  it.each([
    ['spec.ports', [], ['spec.ports: Required value']],
    ['spec.ports.0.targetPort', 'web-', ['spec.ports[0].targetPort: Invalid value: "web-": must not begin or end with a hyphen']],
    [
      'spec.externalTrafficPolicy',
      'Local',
      ['spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services'],
    ],
    ['spec.sessionAffinity', 'Cookie', ['spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"']],
    ['spec.externalIPs', ['127.0.0.1'], ['spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)']],
    [
      'spec.trafficDistribution',
      'Far',
      ['spec.trafficDistribution: Unsupported value: "Far": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"'],
    ],
  ])('%s = %j', (path, value, expected) => {
    expect(refusals(service, changed(web, path, value), contextWith())).toEqual(expected);
  });

  it('keeps the address for life', () => {
    const before = made(web);
    const after = changed(changed(before, 'spec.clusterIP', '10.96.0.9'), 'spec.clusterIPs', ['10.96.0.9']);
    expect(changeRefusals(service, before, after)).toEqual(['spec.clusterIPs[0]: Invalid value: ["10.96.0.9"]: may not change once set']);
  });
});

it('an update keeps what was allocated and drops what its type no longer has', () => {
  const before = made(changed(web, 'spec.type', 'NodePort'));
  const replaced = defaulted(service, changed(web, 'spec.type', 'NodePort'));
  service.prepareForUpdate?.(replaced, before, contextWith(before));
  expect(replaced.spec).toEqual(before.spec);
  const internal = changed(before, 'spec.type', 'ClusterIP');
  service.prepareForUpdate?.(internal, before, contextWith(before));
  expect(internal.spec.ports[0].nodePort).toBeUndefined();
  expect(internal.spec.externalTrafficPolicy).toBeUndefined();
});

it('prints its row', () => {
  const spec = { type: 'LoadBalancer', clusterIPs: ['10.96.0.7'], ports: [{ port: 443, nodePort: 30_443, protocol: 'TCP' }] };
  expect(cells(service, { metadata: {}, spec })).toMatchObject({
    'Cluster-IP': '10.96.0.7',
    'External-IP': '<pending>',
    'Port(s)': '443:30443/TCP',
    Selector: '<none>',
  });
  const status = { loadBalancer: { ingress: [{ ip: '172.18.0.5' }] } };
  expect(cells(service, { metadata: {}, spec, status })['External-IP']).toBe('172.18.0.5');
});
