import { defineKind } from '../../../machinery/kind.ts';
import { columnsThrough } from '../../shared/through.ts';
import { columns } from '../horizontalpodautoscalers/columns.ts';
import { horizontalPodAutoscaler } from '../horizontalpodautoscalers/kind.ts';
import { fromV2, toV2 } from './convert.ts';

/** The first version, which knows only a percentage of CPU; `kubectl autoscale` writes it. */
export const horizontalPodAutoscalerV1 = defineKind({
  group: 'autoscaling',
  version: 'v1',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  shortNames: ['hpa'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'autoscaling.v1.HorizontalPodAutoscaler',
  subresources: { status: true },
  converts: { storage: horizontalPodAutoscaler, from: fromV2, to: toV2 },
  columns: columnsThrough(columns, toV2),
  exactColumns: true,
});
