import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateUpdate } from './validate.ts';

export const csiDriver = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIDriver',
  plural: 'csidrivers',
  scope: 'Cluster',
  schema: 'storage.v1.CSIDriver',
  updatesNameRevision: true,
  generation: true,
  defaults,
  validate,
  validateUpdate,
  columns,
  exactColumns: true,
});
