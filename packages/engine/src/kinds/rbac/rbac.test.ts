import { expect, it } from 'vitest';
import { cells, changed, changeRefusals, defaulted, refusals } from '../../../testing/verdict.ts';
import { clusterRoleBinding } from './clusterrolebindings/kind.ts';
import { clusterRole } from './clusterroles/kind.ts';
import { roleBinding } from './rolebindings/kind.ts';
import { role } from './roles/kind.ts';

const rule = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
const binding = { metadata: { name: 'b', namespace: 'default' }, roleRef: { kind: 'Role', name: 'r' }, subjects: [{ kind: 'User', name: 'jane' }] };

it.each([
  [role, { rules: [rule] }, []],
  [
    role,
    { rules: [{ verbs: ['get'], nonResourceURLs: ['/healthz'] }] },
    ['rules[0].nonResourceURLs: Invalid value: ["/healthz"]: namespaced rules cannot apply to non-resource URLs'],
  ],
  [role, { rules: [{ ...rule, verbs: [] }] }, ['rules[0].verbs: Required value: verbs must contain at least one value']],
  [clusterRole, { rules: [{ verbs: ['get'], nonResourceURLs: ['/healthz'] }] }, []],
  [
    clusterRole,
    { aggregationRule: {} },
    ['aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil'],
  ],
  [roleBinding, binding, []],
  [
    roleBinding,
    changed(binding, 'subjects.0.kind', 'Robot'),
    ['subjects[0].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"'],
  ],
  [clusterRoleBinding, binding, ['roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"']],
  [
    clusterRoleBinding,
    { ...binding, roleRef: { kind: 'ClusterRole', name: 'r' }, subjects: [{ kind: 'ServiceAccount', name: 'sa' }] },
    ['subjects[0].namespace: Required value'],
  ],
])('%#', (kind, object, expected) => {
  expect(refusals(kind, { metadata: { name: 'x' }, ...object })).toEqual(expected);
});

it('bindings name the group of their role and users', () => {
  expect(defaulted(roleBinding, binding)).toMatchObject({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io' }],
  });
});

it('bindings never change what they grant', () => {
  expect(changeRefusals(roleBinding, binding, changed(binding, 'roleRef.name', 'admin'))).toEqual([
    'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"Role","Name":"admin"}: cannot change roleRef',
  ]);
});

it('bindings print who they are for', () => {
  const subjects = [
    { kind: 'User', name: 'jane' },
    { kind: 'User', name: 'joe' },
    { kind: 'ServiceAccount', name: 'sa', namespace: 'ns' },
  ];
  expect(cells(roleBinding, { ...binding, subjects })).toMatchObject({ Role: 'Role/r', Users: 'jane, joe', Groups: '', ServiceAccounts: 'ns/sa' });
});
