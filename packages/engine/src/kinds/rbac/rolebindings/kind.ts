import { defineKind } from '../../../machinery/kind.ts';
import { bindingColumns } from '../../cells/bindings.ts';
import { defaultBinding, validateBinding, validateRoleRefUnchanged } from '../../rules/rbac.ts';
import { nameIsPathSegment } from '../../shared/names.ts';

const ROLE_KINDS = ['Role', 'ClusterRole'];

export const roleBinding = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  scope: 'Namespaced',
  schema: 'rbac.v1.RoleBinding',
  createsOnUpdate: true,
  nameRule: nameIsPathSegment,
  defaults: defaultBinding,
  validate: (binding) => validateBinding(binding, ROLE_KINDS, true),
  validateUpdate: (binding, old) => [...validateBinding(binding, ROLE_KINDS, true), ...validateRoleRefUnchanged(binding, old)],
  columns: bindingColumns('roleBinding'),
  exactColumns: true,
});
