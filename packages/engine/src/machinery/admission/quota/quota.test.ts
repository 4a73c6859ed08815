import { describe, expect, it } from 'vitest';
import { world } from '../../../../testing/world.ts';
import { formatQuantity } from '../../decode/quantity.ts';
import { inScope } from './scopes.ts';
import { usageOf } from './usage.ts';

const quota = (hard: Record<string, string>, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'q', namespace: 'default' },
  spec: { hard, ...more },
});
const pod = (name: string, resources?: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'nginx', ...(resources ? { resources } : {}) }] },
});
const limited = (hard: Record<string, string>, more?: object) => {
  const w = world({ workers: 0 });
  w.create(quota(hard, more));
  return w;
};
type World = ReturnType<typeof world>;
const post = (w: World, object: object, plural = 'pods', query = '') => w.request('POST', `/api/v1/namespaces/default/${plural}${query}`, object);
const status = (w: World) => w.object('core/resourcequotas/default/q')?.status;

describe('ResourceQuota', () => {
  it('counts what is made, refuses what is too much, and forgets what is gone', () => {
    const w = limited({ pods: '2', 'requests.cpu': '1' });
    expect(status(w)).toEqual({ hard: { pods: '2', 'requests.cpu': '1' }, used: { pods: '0', 'requests.cpu': '0' } });
    const cpu = (amount: string) => ({ requests: { cpu: amount } });
    expect(post(w, pod('a', cpu('500m'))).code).toBe(201);
    expect(post(w, pod('dry', cpu('500m')), 'pods', '?dryRun=All').code).toBe(201);
    expect(status(w).used).toEqual({ pods: '1', 'requests.cpu': '500m' });
    expect(post(w, pod('b', cpu('600m'))).body.message).toBe(
      'pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=500m, limited: requests.cpu=1',
    );
    post(w, pod('b', cpu('100m')));
    expect(post(w, pod('c', cpu('1'))).body.message).toBe(
      'pods "c" is forbidden: exceeded quota: q, requested: pods=1,requests.cpu=1, used: pods=2,requests.cpu=600m, limited: pods=2,requests.cpu=1',
    );
    w.request('DELETE', '/api/v1/namespaces/default/pods/a?gracePeriodSeconds=0');
    expect(status(w).used).toEqual({ pods: '1', 'requests.cpu': '100m' });
  });

  it('wants containers to say what it counts', () => {
    expect(post(limited({ 'limits.cpu': '1', memory: '1Gi' }), pod('p')).body.message).toBe(
      'pods "p" is forbidden: failed quota: q: must specify limits.cpu for: c; memory for: c',
    );
  });

  it('counts nothing unless every quota has room, and asks first what was left unsaid', () => {
    const w = limited({ pods: '5' });
    w.create({ ...quota({ pods: '0' }), metadata: { name: 'r', namespace: 'default' } } as never);
    w.create({ ...quota({ 'requests.cpu': '1' }), metadata: { name: 's', namespace: 'default' } } as never);
    expect(post(w, pod('p')).body.message).toBe('pods "p" is forbidden: failed quota: s: must specify requests.cpu for: c');
    const asking = pod('p', { requests: { cpu: '1' } });
    expect(post(w, asking).body.message).toBe('pods "p" is forbidden: exceeded quota: r, requested: pods=1, used: pods=0, limited: pods=0');
    expect(status(w).used).toEqual({ pods: '0' });
  });

  it('is told by events why a ReplicaSet stops', () => {
    const w = limited({ pods: '1' });
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
    const spec = { replicas: 2, selector: { matchLabels: { a: 'b' } }, template };
    w.create({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'r', namespace: 'default' }, spec } as never);
    expect(w.objects('core/pods', 'default')).toHaveLength(1);
    const event = w.objects('core/events', 'default').find(({ reason }) => reason === 'FailedCreate');
    expect(event?.message).toMatch(
      /^Error creating: pods "r-\w{5}" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1$/,
    );
  });

  it('counts objects of any resource', () => {
    const w = limited({ 'count/deployments.apps': '0', configmaps: '1' });
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: 'default' } };
    expect(post(w, map, 'configmaps').body.message).toBe(
      'configmaps "m" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=1, limited: configmaps=1',
    );
    const spec = {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec };
    expect(w.request('POST', '/apis/apps/v1/namespaces/default/deployments', deployment).body.message).toBe(
      'deployments.apps "d" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0',
    );
  });

  it('counts a Service again when it changes', () => {
    const w = limited({ 'services.nodeports': '1' });
    const service = (type: string, ports: number[]) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'default' },
      spec: { type, ports: ports.map((port) => ({ name: `p${port}`, port })) },
    });
    w.create(service('ClusterIP', [80]) as never);
    w.apply(service('NodePort', [80]));
    expect(status(w).used).toEqual({ 'services.nodeports': '1' });
    expect(() => w.apply(service('NodePort', [80, 81]))).toThrow('exceeded quota: q, requested: services.nodeports=1, used: services.nodeports=1');
    w.apply(service('ClusterIP', [80]));
    expect(status(w).used).toEqual({ 'services.nodeports': '0' });
  });
});

describe('scopes', () => {
  const kind = { group: '', plural: 'pods' };
  const matches = (spec: object, object: object): boolean => inScope({ ...quota({}), spec } as never, kind, { ...pod('p'), ...object } as never);
  const burstable = { spec: { containers: [{ name: 'c', resources: { requests: { cpu: '1' } } }] } };
  const inClasses = (operator: string, values: string[]) => ({
    scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, values }] },
  });

  it.each([
    [{ scopes: ['BestEffort'] }, {}, true],
    [{ scopes: ['BestEffort'] }, burstable, false],
    [{ scopes: ['NotBestEffort', 'NotTerminating'] }, burstable, true],
    [{ scopes: ['Terminating'] }, { spec: { activeDeadlineSeconds: 5, containers: [] } }, true],
    [inClasses('In', ['high']), { spec: { priorityClassName: 'high' } }, true],
    [inClasses('NotIn', ['high']), { spec: { priorityClassName: 'high' } }, false],
    [inClasses('In', ['high']), { spec: {} }, false],
  ])('%j %j: %s', (spec, object, expected) => expect(matches(spec, object)).toBe(expected));

  it('that select pods leave everything else alone', () => {
    expect(inScope({ ...quota({}, { scopes: ['BestEffort'] }) } as never, { group: '', plural: 'secrets' }, {} as never)).toBe(false);
  });
});

it('devices are limited by class', () => {
  const w = limited({ 'gpu.deviceclass.resource.k8s.io/devices': '2' });
  const claim = (name: string, count: number) => ({
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: { name },
    spec: { devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu', count } }] } },
  });
  const path = '/apis/resource.k8s.io/v1/namespaces/default/resourceclaims';
  expect(w.request('POST', path, claim('a', 1)).code).toBe(201);
  expect(status(w).used).toEqual({ 'gpu.deviceclass.resource.k8s.io/devices': '1' });
  expect(w.request('POST', path, claim('b', 2)).body.message).toBe(
    'resourceclaims.resource.k8s.io "b" is forbidden: exceeded quota: q, requested: gpu.deviceclass.resource.k8s.io/devices=2, used: gpu.deviceclass.resource.k8s.io/devices=1, limited: gpu.deviceclass.resource.k8s.io/devices=2',
  );
  w.request('DELETE', `${path}/a`);
  expect(status(w).used).toEqual({ 'gpu.deviceclass.resource.k8s.io/devices': '0' });
});

describe('usage', () => {
  it.each([
    [
      'persistentvolumeclaims',
      { spec: { storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } } },
      {
        'count/persistentvolumeclaims': '1',
        persistentvolumeclaims: '1',
        'fast.storageclass.storage.k8s.io/persistentvolumeclaims': '1',
        'requests.storage': '1Gi',
        'fast.storageclass.storage.k8s.io/requests.storage': '1Gi',
      },
    ],
    [
      'services',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }, { port: 81 }] } },
      {
        'count/services': '1',
        services: '1',
        'services.loadbalancers': '1',
        'services.nodeports': '2',
      },
    ],
    [
      'pods',
      { spec: { containers: [{ resources: { requests: { 'nvidia.com/gpu': '1' }, limits: { cpu: '2' } } }] } },
      {
        'count/pods': '1',
        pods: '1',
        'requests.nvidia.com/gpu': '1',
        'limits.cpu': '2',
      },
    ],
    ['pods', { spec: { containers: [] }, status: { phase: 'Succeeded' } }, { 'count/pods': '1' }],
    [
      'resourceclaims',
      {
        spec: {
          devices: {
            requests: [
              { name: 'a', exactly: { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 2 } },
              { name: 'b', exactly: { deviceClassName: 'nic', allocationMode: 'All' } },
              {
                name: 'c',
                firstAvailable: [4, 1].map((n) => ({ name: `n${n}`, deviceClassName: 'gpu', allocationMode: 'ExactCount', count: n })),
              },
            ],
          },
        },
      },
      {
        'count/resourceclaims.resource.k8s.io': '1',
        'gpu.deviceclass.resource.k8s.io/devices': '6',
        'nic.deviceclass.resource.k8s.io/devices': '32',
      },
    ],
  ])('of %s', (plural, object, expected) => {
    const usage = usageOf({ group: plural === 'resourceclaims' ? 'resource.k8s.io' : '', plural }, { metadata: {}, ...object } as never);
    expect(Object.fromEntries([...usage].map(([name, amount]) => [name, formatQuantity(amount)]))).toEqual(expected);
  });
});
