import { expect, it } from 'vitest';
import { world } from '../../../../testing/world.ts';

const env = [
  { name: 'A', value: '1' },
  { name: 'A', value: '2' },
];
const template = { metadata: { labels: { app: 'a' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'x', env }] } };
const always = { ...template, spec: { ...template.spec, restartPolicy: 'Always' } };
const selector = { matchLabels: { app: 'a' } };
const HIDES = 'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply';
const NAME =
  'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]';

const warned = (method: string, url: string, body: object, w = world()): string[] =>
  w
    .request(method, url, body, { contentType: method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' })
    .headers.filter(([name]) => name === 'warning')
    .map(([, value]) => JSON.parse(value.slice('299 - '.length)));

const create = (path: string, spec: object, name = 'a.b'): string[] => warned('POST', path, { metadata: { name }, spec });

it('kinds that make pods warn of their templates, and of names that pods could not carry', () => {
  const apps = '/apis/apps/v1/namespaces/default';
  const batch = '/apis/batch/v1/namespaces/default';
  expect(create(`${apps}/deployments`, { selector, template: always })).toEqual([NAME, `spec.template.${HIDES}`]);
  expect(create(`${apps}/replicasets`, { selector, template: always })).toEqual([NAME, `spec.template.${HIDES}`]);
  expect(create(`${apps}/daemonsets`, { selector, template: always })).toEqual([`spec.template.${HIDES}`]);
  expect(create(`${apps}/statefulsets`, { selector, template: always }, 'a')).toEqual([`spec.template.${HIDES}`]);
  expect(create(`${batch}/jobs`, { template })).toEqual([NAME, `spec.template.${HIDES}`]);
  expect(create(`${batch}/cronjobs`, { schedule: '@daily', jobTemplate: { spec: { template } } })).toEqual([
    NAME,
    `spec.jobTemplate.spec.template.${HIDES}`,
  ]);
});

it('once more only when something changes', () => {
  const w = world();
  const url = '/apis/apps/v1/namespaces/default/deployments';
  const deployment = { metadata: { name: 'a' }, spec: { selector, template: always } };
  expect(warned('POST', url, deployment, w)).toHaveLength(1);
  expect(warned('PATCH', `${url}/a`, { metadata: { labels: { b: 'c' } } }, w)).toEqual([]);
  expect(warned('PATCH', `${url}/a`, { spec: { replicas: 2 } }, w)).toEqual([`spec.template.${HIDES}`]);
});

it('services, volumes and slices name what is ignored or on its way out', () => {
  const services = '/api/v1/namespaces/default/services';
  const ports = [{ port: 80 }];
  expect(create(services, { clusterIP: 'None', sessionAffinity: 'ClientIP', ports }, 'a')).toEqual([
    'spec.SessionAffinity is ignored for headless services',
  ]);
  expect(create(services, { externalIPs: ['192.0.2.1'], externalName: 'x.y', trafficDistribution: 'PreferClose', ports }, 'a')).toEqual([
    'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
    'spec.externalName is ignored when spec.type is not "ExternalName"',
    'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
  ]);
  const disk = {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    persistentVolumeReclaimPolicy: 'Recycle',
    rbd: { monitors: ['m'], image: 'i' },
  };
  expect(create('/api/v1/persistentvolumes', disk)).toEqual([
    'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
    'spec.rbd: deprecated in v1.28, non-functional in v1.31+',
  ]);
  const slice = { metadata: { name: 's' }, addressType: 'FQDN', endpoints: [{ addresses: ['a.b'] }] };
  expect(warned('POST', '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices', slice)).toEqual([
    'spec.addressType: FQDN endpoints are deprecated',
  ]);
});
