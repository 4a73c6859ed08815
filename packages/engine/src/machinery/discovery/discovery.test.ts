import { describe, expect, test } from 'vitest';
import type { Action, Connection, Door } from '../action.ts';
import { defineKind, type KindDefinition } from '../kind.ts';
import { type ApiRequest, Query } from '../request.ts';
import { ApiError } from '../status.ts';
import { compareVersions } from './groups.ts';
import { serveDiscovery } from './serve.ts';

const kind = (group: string, version: string, name: string, plural: string, more: Partial<KindDefinition> = {}): KindDefinition =>
  defineKind({ group, version, kind: name, plural, scope: 'Namespaced', schema: '', columns: [], ...more });

const scale = { specReplicasPath: 'spec.replicas', statusReplicasPath: 'status.replicas', selectorPath: 'status.selector' };
const KINDS = [
  kind('example.com', 'v1alpha1', 'Widget', 'widgets'),
  kind('batch', 'v1', 'Job', 'jobs', { categories: ['all'], subresources: { status: true } }),
  kind('autoscaling', 'v1', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', { shortNames: ['hpa'] }),
  kind('autoscaling', 'v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', { shortNames: ['hpa'] }),
  kind('apps', 'v1', 'Deployment', 'deployments', { shortNames: ['deploy'], categories: ['all'], subresources: { status: true, scale } }),
  kind('', 'v1', 'Pod', 'pods', {
    shortNames: ['po'],
    categories: ['all'],
    subresources: { status: true },
    updates: { ephemeralcontainers: { prepare: () => undefined } },
  }),
  kind('', 'v1', 'Namespace', 'namespaces', { scope: 'Cluster', verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'] }),
  kind('authorization.k8s.io', 'v1', 'SelfSubjectAccessReview', 'selfsubjectaccessreviews', { scope: 'Cluster', review: (object) => object }),
];
const eviction: Action = {
  resource: 'core/pods',
  subresource: 'eviction',
  verbs: ['create'],
  group: 'policy',
  version: 'v1',
  kind: 'Eviction',
  run: () => ({ text: '' }),
};
const exec: Connection = {
  resource: 'core/pods',
  subresource: 'exec',
  verbs: ['create', 'get'],
  group: '',
  version: 'v1',
  kind: 'PodExecOptions',
  options: () => ({}),
  run: () => ({ text: '' }),
};
const ACTIONS = new Map<string, Door>([
  ['core/pods/eviction', eviction],
  ['core/pods/exec', exec],
]);
const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

function ask(path: string, accept = 'application/json', ifNoneMatch?: string) {
  const request: ApiRequest = {
    method: 'GET',
    path,
    query: new Query(''),
    accept,
    contentType: undefined,
    userAgent: 'test',
    ifNoneMatch,
    body: new Uint8Array(),
    user: { username: 'a', groups: [] },
  };
  const answer = serveDiscovery(KINDS, ACTIONS, request, path.split('/').filter(Boolean));
  return { status: answer.status, headers: new Map(answer.headers), body: answer.status === 304 ? undefined : JSON.parse(answer.body as string) };
}

describe('aggregated', () => {
  test('groups come in the order of preference, versions too', () => {
    const { body, headers } = ask('/apis', AGGREGATED);
    expect(headers.get('content-type')).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
    expect(body.apiVersion).toBe('apidiscovery.k8s.io/v2');
    expect(body.items.map((item: { metadata: { name: string } }) => item.metadata.name)).toEqual([
      'apps',
      'authorization.k8s.io',
      'autoscaling',
      'batch',
      'example.com',
    ]);
    expect(body.items[2].versions.map((version: { version: string }) => version.version)).toEqual(['v2', 'v1']);
  });

  test('a resource with what lies below', () => {
    const { body } = ask('/api', AGGREGATED);
    expect(body.items).toHaveLength(1);
    const pods = body.items[0].versions[0].resources[1];
    expect(pods).toMatchObject({
      resource: 'pods',
      responseKind: { group: '', version: 'v1', kind: 'Pod' },
      scope: 'Namespaced',
      singularResource: 'pod',
      verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      shortNames: ['po'],
      categories: ['all'],
    });
    expect(pods.subresources.map((each: { subresource: string }) => each.subresource)).toEqual(['ephemeralcontainers', 'eviction', 'exec', 'status']);
    expect(pods.subresources[1]).toEqual({
      subresource: 'eviction',
      responseKind: { group: 'policy', version: 'v1', kind: 'Eviction' },
      verbs: ['create'],
    });
  });

  test('older clients get the older version', () => {
    expect(ask('/apis', 'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList').body.apiVersion).toBe(
      'apidiscovery.k8s.io/v2beta1',
    );
  });

  test('nothing is sent twice', () => {
    const etag = ask('/apis', AGGREGATED).headers.get('etag');
    expect(ask('/apis', AGGREGATED, etag).status).toBe(304);
    expect(ask('/api', AGGREGATED, etag).status).toBe(200);
  });
});

describe('one address per group', () => {
  test('/api and /apis', () => {
    expect(ask('/api').body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    const { body } = ask('/apis');
    expect(body.kind).toBe('APIGroupList');
    expect(body.groups[2]).toEqual({
      name: 'autoscaling',
      versions: [
        { groupVersion: 'autoscaling/v2', version: 'v2' },
        { groupVersion: 'autoscaling/v1', version: 'v1' },
      ],
      preferredVersion: { groupVersion: 'autoscaling/v2', version: 'v2' },
    });
    expect(ask('/apis/batch').body).toMatchObject({ kind: 'APIGroup', name: 'batch', preferredVersion: { version: 'v1' } });
  });

  test('resources of a version', () => {
    const { body } = ask('/apis/apps/v1');
    expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'apps/v1' });
    expect(body.resources.map((each: { name: string }) => each.name)).toEqual(['deployments', 'deployments/scale', 'deployments/status']);
    expect(body.resources[1]).toEqual({
      name: 'deployments/scale',
      singularName: '',
      namespaced: true,
      group: 'autoscaling',
      version: 'v1',
      kind: 'Scale',
      verbs: ['get', 'patch', 'update'],
    });
    const core = ask('/api/v1').body.resources;
    expect(core.find((each: { name: string }) => each.name === 'pods/eviction')).toMatchObject({ group: 'policy', version: 'v1', kind: 'Eviction' });
    expect(core.find((each: { name: string }) => each.name === 'namespaces').verbs).not.toContain('deletecollection');
    expect(ask('/apis/authorization.k8s.io/v1').body.resources[0].verbs).toEqual(['create']);
  });

  test.each(['/api/v2', '/apis/nothing', '/apis/apps/v2', '/apis/apps/v1/deployments/more'])('%s is not found', (path) =>
    expect(() => ask(path)).toThrow(ApiError),
  );
});

test('versions by stability, then number', () => {
  const versions = ['v1alpha1', 'foo', 'v1', 'v2beta1', 'v10', 'v1beta2', 'v2', 'bar'];
  expect(versions.sort(compareVersions)).toEqual(['v10', 'v2', 'v1', 'v2beta1', 'v1beta2', 'v1alpha1', 'bar', 'foo']);
});
