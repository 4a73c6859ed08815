import { defineKind } from '../../../machinery/kind.ts';
import { nameIsPathSegment } from '../../shared/names.ts';
import { columns } from './columns.ts';
import { validate, validateStatusUpdate } from './validate.ts';

export const podDisruptionBudget = defineKind({
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  shortNames: ['pdb'],
  scope: 'Namespaced',
  schema: 'policy.v1.PodDisruptionBudget',
  updatesNameRevision: true,
  subresources: { status: true },
  generation: true,
  nameRule: nameIsPathSegment,
  defaults: (budget) => {
    budget.spec ??= {};
  },
  validate,
  validateUpdate: validate,
  validateStatusUpdate,
  columns,
  exactColumns: true,
});
