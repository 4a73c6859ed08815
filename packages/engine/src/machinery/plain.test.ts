import { describe, expect, it } from 'vitest';
import { world } from '../../testing/world.ts';

const ANYBODY = { user: { username: 'system:anonymous', groups: ['system:unauthenticated'] } };
const SOMEBODY = { user: { username: 'jane', groups: ['system:authenticated'] } };
const BINDINGS = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';

describe('addresses that are no resources', () => {
  it.each([
    [ANYBODY, '/version', 200],
    [ANYBODY, '/healthz', 200],
    [ANYBODY, '/livez', 200],
    [ANYBODY, '/livez/etcd', 403],
    [ANYBODY, '/api', 403],
    [SOMEBODY, '/api', 200],
    [SOMEBODY, '/apis/apps/v1', 200],
    [SOMEBODY, '/openapi/v3', 200],
    [SOMEBODY, '/', 403],
    [SOMEBODY, '/metrics', 403],
    [{}, '/livez/etcd', 200],
    [{}, '/livez/nothing', 404],
    [{}, '/', 200],
  ])('%j reads %s: %d', (who, path, code) => expect(world({ workers: 0 }).request('GET', path, undefined, who).code).toBe(code));

  it('are open by a role, which can be taken away', () => {
    const w = world({ workers: 0 });
    w.request('DELETE', `${BINDINGS}/system:discovery`);
    expect(w.request('GET', '/api', undefined, SOMEBODY).body.message).toBe('forbidden: User "jane" cannot get path "/api"');
    w.request('DELETE', `${BINDINGS}/system:public-info-viewer`);
    expect(w.request('GET', '/version', undefined, SOMEBODY).code).toBe(403);
  });

  it('are listed', () => {
    const { paths } = world({ workers: 0 }).request('GET', '/').body;
    expect(paths).toEqual(
      expect.arrayContaining(['/api/v1', '/apis/apps/v1', '/livez/ping', '/readyz/poststarthook/rbac/bootstrap-roles', '/version']),
    );
  });

  it('tell every check when asked', () => {
    const { body } = world({ workers: 0 }).request('GET', '/readyz?verbose&exclude=etcd');
    expect(body.split('\n').slice(0, 3)).toEqual(['[+]ping ok', '[+]log ok', '[+]etcd excluded: ok']);
    expect(body).toMatch(/readyz check passed\n$/);
  });
});

it('a role that is bound and not there is named', () => {
  const w = world({ workers: 0 });
  const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' }];
  w.request('POST', BINDINGS, {
    metadata: { name: 'b' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'gone' },
    subjects,
  });
  expect(w.request('GET', '/api/v1/nodes', undefined, SOMEBODY).body.message).toBe(
    'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope: RBAC: clusterrole.rbac.authorization.k8s.io "gone" not found',
  );
  const review = w.request('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', { spec: { namespace: 'default' } }, SOMEBODY).body.status;
  expect([review.incomplete, review.evaluationError]).toEqual([true, 'clusterrole.rbac.authorization.k8s.io "gone" not found']);
});

it('components say that they are well, and that nobody should ask them so', () => {
  const w = world({ workers: 0 });
  const { body, headers } = w.request('GET', '/api/v1/componentstatuses', undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
  expect(body.rows.map(({ cells }: { cells: string[] }) => cells)).toEqual([
    ['controller-manager', 'Healthy', 'ok', ''],
    ['etcd-0', 'Healthy', 'ok', ''],
    ['scheduler', 'Healthy', 'ok', ''],
  ]);
  expect(headers).toContainEqual(['warning', '299 - "v1 ComponentStatus is deprecated in v1.19+"']);
});

it('a binding names its pod in the body', () => {
  const w = world({ workers: 1 });
  w.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: { schedulerName: 'own', containers: [{ name: 'c', image: 'nginx' }] },
  });
  const node = w.objects('core/nodes')[0]?.metadata.name;
  const post = (name: string) =>
    w.request('POST', '/api/v1/namespaces/default/bindings', {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name },
      target: { kind: 'Node', name: node },
    });
  expect(post('q').code).toBe(404);
  expect(post('p').code).toBe(201);
  expect(w.object('core/pods/default/p')?.spec.nodeName).toBe(node);
});

it('who wants a collection of one name asks about that name', () => {
  const w = world({ workers: 0 });
  const group = 'rbac.authorization.k8s.io';
  const rules = [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['mine'], verbs: ['list', 'watch'] }];
  w.create({ apiVersion: `${group}/v1`, kind: 'ClusterRole', metadata: { name: 'one' }, rules } as never);
  const subjects = [{ kind: 'User', apiGroup: group, name: 'jane' }];
  const roleRef = { apiGroup: group, kind: 'ClusterRole', name: 'one' };
  w.create({ apiVersion: `${group}/v1`, kind: 'ClusterRoleBinding', metadata: { name: 'one' }, roleRef, subjects } as never);
  const list = (query: string) => w.request('GET', `/api/v1/namespaces/default/configmaps${query}`, undefined, SOMEBODY);
  expect(list('?fieldSelector=metadata.name%3Dmine').code).toBe(200);
  expect(list('?fieldSelector=metadata.name!%3Dmine').code).toBe(403);
  expect(list('').code).toBe(403);
  expect(list('?fieldSelector=metadata.name%3Dother').body.message).toBe(
    'configmaps "other" is forbidden: User "jane" cannot list resource "configmaps" in API group "" in the namespace "default"',
  );
});
