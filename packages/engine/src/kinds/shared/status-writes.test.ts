import { expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';

const POLICY = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'x' },
  spec: {
    matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }] },
    validations: [{ expression: 'true' }],
  },
};
const FLOW = { metadata: { name: 'x' }, spec: { priorityLevelConfiguration: { name: 'global-default' } } };
const API_SERVICE = {
  metadata: { name: 'v1.example.com' },
  spec: { group: 'example.com', version: 'v1', groupPriorityMinimum: 1, versionPriority: 1, service: { name: 'a', namespace: 'default' } },
};

it.each([
  ['/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies', POLICY],
  ['/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas', FLOW],
  ['/apis/networking.k8s.io/v1/servicecidrs', { metadata: { name: 'x' }, spec: { cidrs: ['10.200.0.0/24'] } }],
  ['/apis/apiregistration.k8s.io/v1/apiservices', API_SERVICE],
  ['/apis/resource.k8s.io/v1/namespaces/default/resourceclaims', { metadata: { name: 'x' }, spec: {} }],
])('labels do not change with the status of %s', (path, object) => {
  const w = world({ workers: 0 });
  expect(w.request('POST', path, object).code).toBe(201);
  const merge = { contentType: 'application/merge-patch+json' };
  const url = `${path}/${object.metadata.name}`;
  const { code, body } = w.request('PATCH', `${url}/status`, { metadata: { labels: { a: 'b' }, annotations: { c: 'd' } } }, merge);
  expect([code, body.metadata.labels?.a, body.metadata.annotations?.c]).toEqual([200, undefined, undefined]);
  expect(w.request('PATCH', url, { metadata: { labels: { a: 'b' } } }, merge).body.metadata.labels).toMatchObject({ a: 'b' });
});

it('labels of most kinds do', () => {
  const w = world({ workers: 0 });
  const path = '/apis/apps/v1/namespaces/default/deployments';
  const template = { metadata: { labels: { a: 'x' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
  w.request('POST', path, { metadata: { name: 'x' }, spec: { replicas: 0, selector: { matchLabels: { a: 'x' } }, template } });
  const merge = { contentType: 'application/merge-patch+json' };
  expect(w.request('PATCH', `${path}/x/status`, { metadata: { labels: { a: 'b' } } }, merge).body.metadata.labels).toEqual({ a: 'b' });
});
