import { defineKind } from '../../../machinery/kind.ts';
import { createdAtColumn, nameColumn } from '../../cells/standard.ts';
import { nameIsPathSegment } from '../../shared/names.ts';
import { validate } from './validate.ts';

export const clusterRole = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  scope: 'Cluster',
  schema: 'rbac.v1.ClusterRole',
  createsOnUpdate: true,
  nameRule: nameIsPathSegment,
  validate,
  validateUpdate: validate,
  columns: [nameColumn, createdAtColumn],
  exactColumns: true,
});
