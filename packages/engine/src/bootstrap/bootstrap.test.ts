import { describe, expect, it } from 'vitest';
import { world } from '../../testing/world.ts';
import { Txn } from '../core/txn.ts';
import { indexer } from '../engine.ts';
import { decide } from '../machinery/authorize.ts';
import { ruleOf } from './rbac/rules.ts';

const w = world({ workers: 1 });
const RBAC = 'rbac.authorization.k8s.io';

describe('rules in short', () => {
  it.each([
    ['get,list core: pods,pods/log', { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] }],
    [
      'approve certificates.k8s.io: signers [a/b]',
      { apiGroups: ['certificates.k8s.io'], resources: ['signers'], resourceNames: ['a/b'], verbs: ['approve'] },
    ],
    ['create core,events.k8s.io: events', { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create'] }],
    ['get url: /healthz,/livez', { nonResourceURLs: ['/healthz', '/livez'], verbs: ['get'] }],
  ])('%s', (text, rule) => expect(ruleOf(text)).toEqual(rule));

  it('are checked', () => expect(() => ruleOf('get pods')).toThrow('no rule: get pods'));
});

describe('a fresh cluster', () => {
  it.each([
    [`${RBAC}/clusterroles//cluster-admin`],
    [`${RBAC}/clusterrolebindings//system:controller:job-controller`],
    [`${RBAC}/roles/kube-system/extension-apiserver-authentication-reader`],
    [`${RBAC}/rolebindings/kube-system/system::extension-apiserver-authentication-reader`],
    ['flowcontrol.apiserver.k8s.io/flowschemas//catch-all'],
    ['scheduling.k8s.io/priorityclasses//system-node-critical'],
    ['storage.k8s.io/storageclasses//standard'],
    ['core/endpoints/default/kubernetes'],
    ['core/serviceaccounts/kube-system/job-controller'],
    ['core/configmaps/kube-system/extension-apiserver-authentication'],
  ])('holds %s', (key) => expect(w.object(key)).toBeDefined());

  it('has the addresses that everybody counts on', () => {
    expect(w.object('core/services/default/kubernetes')?.spec.clusterIP).toBe('10.96.0.1');
    expect(w.object('core/services/kube-system/kube-dns')?.spec.clusterIP).toBe('10.96.0.10');
  });

  it.each([
    ['view', 'get', '', 'pods', true],
    ['view', 'get', '', 'secrets', false],
    ['view', 'create', '', 'pods', false],
    ['edit', 'get', '', 'secrets', true],
    ['edit', 'create', 'apps', 'deployments', true],
    ['edit', 'create', RBAC, 'roles', false],
    ['admin', 'create', RBAC, 'roles', true],
    ['admin', 'create', '', 'resourcequotas', false],
  ])('lets %s %s %s %s: %s', (role, verb, group, resource, allowed) => {
    const bound = world({ workers: 0 });
    bound.create({
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'b', namespace: 'default' },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'User', apiGroup: RBAC, name: 'jane' }],
    });
    const question = { verb, group, resource, subresource: '', namespace: 'default', name: '' };
    expect(decide(new Txn(bound.state, indexer), { username: 'jane', groups: [] }, question).allowed).toBe(allowed);
  });

  it('is at rest', () => {
    expect(w.state.queue).toEqual([]);
    expect([...w.state.runtime.keys('failure/')]).toEqual([]);
    const before = w.state.revision;
    expect(w.advance(3_600_000).state.revision).toBe(before);
  });
});
