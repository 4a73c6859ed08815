import { defineKind } from '../../../machinery/kind.ts';
import { bindingColumns } from '../../cells/bindings.ts';
import { defaultBinding, validateBinding, validateRoleRefUnchanged } from '../../rules/rbac.ts';
import { nameIsPathSegment } from '../../shared/names.ts';

const ROLE_KINDS = ['ClusterRole'];

export const clusterRoleBinding = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  scope: 'Cluster',
  schema: 'rbac.v1.ClusterRoleBinding',
  createsOnUpdate: true,
  nameRule: nameIsPathSegment,
  defaults: defaultBinding,
  validate: (binding) => validateBinding(binding, ROLE_KINDS, false),
  validateUpdate: (binding, old) => [...validateBinding(binding, ROLE_KINDS, false), ...validateRoleRefUnchanged(binding, old)],
  columns: bindingColumns('clusterRoleBinding'),
  exactColumns: true,
});
