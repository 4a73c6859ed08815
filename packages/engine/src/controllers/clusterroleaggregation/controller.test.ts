import { describe, expect, it } from 'vitest';
import { world } from '../../../testing/world.ts';
import { union } from './rules.ts';

const API_VERSION = 'rbac.authorization.k8s.io/v1';
const role = (name: string, labels: Record<string, string>, resource: string) => ({
  apiVersion: API_VERSION,
  kind: 'ClusterRole',
  metadata: { name, labels },
  rules: [{ apiGroups: ['x.io'], resources: [resource], verbs: ['get'] }],
});
const monitoring = {
  apiVersion: API_VERSION,
  kind: 'ClusterRole',
  metadata: { name: 'monitoring' },
  aggregationRule: { clusterRoleSelectors: [{ matchLabels: { team: 'm' } }, { matchExpressions: [{ key: 'also', operator: 'Exists' }] }] },
  rules: [],
};

describe('aggregated cluster roles', () => {
  const resources = (w: ReturnType<typeof world>) =>
    w.object('rbac.authorization.k8s.io/clusterroles//monitoring')?.rules.map((rule: { resources: string[] }) => rule.resources[0]);

  it('follow the roles they select', () => {
    const w = world({ workers: 0 });
    w.create(monitoring);
    w.create(role('b', { team: 'm' }, 'bees'));
    w.create(role('a', { team: 'm', also: '' }, 'ants'));
    w.create(role('c', { also: 'yes' }, 'cats'));
    expect(resources(w)).toEqual(['ants', 'bees', 'cats']);
    w.request('DELETE', `/apis/${API_VERSION}/clusterroles/b`);
    expect(resources(w)).toEqual(['ants', 'cats']);
  });

  it('pass on to view, edit and admin what a role adds to view', () => {
    const w = world({ workers: 0 });
    w.create(role('widgets-view', { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' }, 'widgets'));
    for (const name of ['view', 'edit', 'admin']) {
      expect(w.object(`rbac.authorization.k8s.io/clusterroles//${name}`)?.rules).toContainEqual({
        apiGroups: ['x.io'],
        resources: ['widgets'],
        verbs: ['get'],
      });
    }
  });

  it('hold each rule once', () => {
    const twice = [role('a', {}, 'x'), role('b', {}, 'x')];
    expect(union(twice)).toHaveLength(1);
  });
});
