import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';

export const resourceQuota = defineKind({
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  shortNames: ['quota'],
  scope: 'Namespaced',
  schema: 'core.v1.ResourceQuota',
  subresources: { status: true },
  defaults: (quota) => {
    quota.spec ??= {};
  },
  validate,
  validateUpdate,
  validateStatusUpdate,
  columns,
  exactColumns: true,
});
