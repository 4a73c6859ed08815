import { expect, it } from 'vitest';
import { changed, refusals } from '../../../../testing/verdict.ts';
import { EPOCH, world } from '../../../../testing/world.ts';
import { apiService } from './kind.ts';

const service = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1beta1.metrics.example.com' },
  spec: {
    group: 'metrics.example.com',
    version: 'v1beta1',
    service: { name: 'adapter', namespace: 'monitoring' },
    groupPriorityMinimum: 100,
    versionPriority: 100,
  },
};

it.each([
  [
    'spec.version',
    'v1',
    ['metadata.name: Invalid value: "v1beta1.metrics.example.com": must be `spec.version+"."+spec.group`: "v1.metrics.example.com"'],
  ],
  ['spec.groupPriorityMinimum', 0, ['spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000']],
  ['spec.versionPriority', 1001, ['spec.versionPriority: Invalid value: 1001: must be positive and less than 1000']],
  ['spec.service', {}, ['spec.service.namespace: Required value', 'spec.service.name: Required value']],
])('an APIService with %s = %j', (path, value, expected) => {
  expect(refusals(apiService, changed(service, path, value))).toEqual(expected);
});

it('checks certificates only of servers that are elsewhere', () => {
  const insecure = (spec: object): string[] => refusals(apiService, { ...service, spec: { ...service.spec, insecureSkipTLSVerify: true, ...spec } });
  expect(insecure({})).toEqual([]);
  expect(insecure({ caBundle: 'eA==' })).toEqual(['spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present']);
  expect(insecure({ caBundle: 'eA==', service: undefined })).toEqual([
    'spec.caBundle: Invalid value: "1 bytes": local APIServices may not have a caBundle',
    'spec.insecureSkipTLSVerify: Invalid value: true: local APIServices may not have insecureSkipTLSVerify',
  ]);
});

it('is stored, shown, and available only if it is the server itself', () => {
  const w = world({ at: EPOCH });
  const url = '/apis/apiregistration.k8s.io/v1/apiservices';
  const { body, headers } = w.request('POST', `${url}?fieldValidation=Strict`, service);
  expect(body.spec.service.port).toBe(443);
  expect(headers).toContainEqual(['warning', '299 - "spec.service: this simulated cluster stores API services and never forwards requests to them"']);
  w.request('POST', url, {
    ...service,
    metadata: { name: 'v1.local.example.com' },
    spec: { ...service.spec, service: undefined, group: 'local.example.com', version: 'v1' },
  });
  const { rows } = w.request('GET', url, undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }).body;
  const ours = rows.filter(({ cells }: { cells: string[] }) => cells[0]?.endsWith('.example.com'));
  expect(ours.map(({ cells }: { cells: string[] }) => cells.slice(0, 3))).toEqual([
    ['v1.local.example.com', 'Local', 'True'],
    ['v1beta1.metrics.example.com', 'monitoring/adapter', 'False (ServiceNotFound)'],
  ]);
});
