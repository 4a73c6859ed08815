import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';

export const horizontalPodAutoscaler = defineKind({
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  shortNames: ['hpa'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'autoscaling.v2.HorizontalPodAutoscaler',
  subresources: { status: true },
  defaults,
  validate,
  validateUpdate,
  validateStatusUpdate,
  columns,
  exactColumns: true,
});
