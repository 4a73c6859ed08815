import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { validate, validateUpdate } from './validate.ts';

export const configMap = defineKind({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  scope: 'Namespaced',
  schema: 'core.v1.ConfigMap',
  validate,
  validateUpdate,
  columns,
  exactColumns: true,
});
