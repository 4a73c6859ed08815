import { expect, it } from 'vitest';
import { claims, cluster, deviceClass, GPUS, node, nodeOf, PREEMPTION, phaseOf, remove, slice, whyPending } from '../../../testing/devices.ts';
import type { World } from '../../../testing/world.ts';

const RESOURCE = 'example.com/gpu';
const backed = () => deviceClass('gpus', { extendedResourceName: RESOURCE });
const container = (name: string, count: string, more: object = {}) => ({
  name,
  image: 'nginx',
  resources: { requests: { [RESOURCE]: count }, limits: { [RESOURCE]: count } },
  ...more,
});
const asking = (name: string, spec: object = { containers: [container('c', '1')] }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec,
});
const statusOf = (w: World, name: string) => w.object(`core/pods/default/${name}`)?.status;
const two = () => slice('one', { nodeName: node(1) }, [{ name: 'gpu-0' }, { name: 'gpu-1' }]);

it('extended resources are taken from devices of the class that provides them', () => {
  const w = cluster(backed(), two());
  w.create(asking('a') as never);
  expect([nodeOf(w, 'a'), phaseOf(w, 'a')]).toEqual([node(1), 'Running']);
  const [claim] = claims(w);
  expect(claim).toMatchObject({
    metadata: {
      generateName: 'a-extended-resources-',
      annotations: { 'resource.kubernetes.io/extended-resource-claim': 'true' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'a', controller: true }],
      finalizers: ['resource.kubernetes.io/delete-protection'],
    },
    spec: {
      devices: { requests: [{ name: 'container-0-request-0', exactly: { deviceClassName: 'gpus', allocationMode: 'ExactCount', count: 1 } }] },
    },
    status: {
      allocation: { devices: { results: [{ request: 'container-0-request-0', driver: GPUS.name, pool: 'one', device: 'gpu-0' }] } },
      reservedFor: [{ resource: 'pods', name: 'a' }],
    },
  });
  expect(statusOf(w, 'a')?.extendedResourceClaimStatus).toEqual({
    resourceClaimName: claim?.metadata.name,
    requestMappings: [{ containerName: 'c', resourceName: RESOURCE, requestName: 'container-0-request-0' }],
  });
  w.create(asking('b', { containers: [container('c', '2')] }) as never);
  expect(whyPending(w, 'b')).toBe(
    `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 cannot allocate all claims. still not schedulable, ${PREEMPTION}`,
  );
  remove(w, 'a');
  expect([phaseOf(w, 'b'), claims(w).map(({ metadata }) => metadata.generateName)]).toEqual(['Running', ['b-extended-resources-']]);
  remove(w, 'b');
  expect(claims(w)).toEqual([]);
});

it('without such a class they are missing, until there is one', () => {
  const w = cluster(two());
  w.create(asking('a') as never);
  expect(whyPending(w, 'a')).toContain(`2 Insufficient ${RESOURCE}.`);
  w.create(backed() as never);
  expect(phaseOf(w, 'a')).toBe('Running');
});

it('a node that has them itself needs no claim', () => {
  const w = cluster(backed());
  const amounts = { [RESOURCE]: '1' };
  const status = { capacity: amounts, allocatable: amounts };
  w.request('PATCH', `/api/v1/nodes/${node(2)}/status`, { status }, { contentType: 'application/merge-patch+json' });
  w.create(asking('a') as never);
  expect([nodeOf(w, 'a'), claims(w), statusOf(w, 'a')?.extendedResourceClaimStatus]).toEqual([node(2), [], undefined]);
});

it('containers that initialise use what the others are given', () => {
  const w = cluster(backed(), two());
  w.create(asking('a', { initContainers: [container('init', '2')], containers: [container('c', '1')] }) as never);
  expect(statusOf(w, 'a')?.extendedResourceClaimStatus?.requestMappings).toEqual([
    { containerName: 'c', resourceName: RESOURCE, requestName: 'container-1-request-0' },
    { containerName: 'init', resourceName: RESOURCE, requestName: 'container-1-request-0' },
    { containerName: 'init', resourceName: RESOURCE, requestName: 'container-0-request-0' },
  ]);
});
