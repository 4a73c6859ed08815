import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid } from '../../../machinery/field.ts';
import { allNonNegative } from '../../rules/numbers.ts';
import { validateBehavior } from './behavior.ts';
import { validateMetrics, validateTargetReference } from './metrics.ts';

// Models validateHorizontalPodAutoscalerSpec in pkg/apis/autoscaling/validation/validation.go.
export function validate({ spec }: KubeObject): FieldError[] {
  const { minReplicas: min, maxReplicas: max = 0 } = spec;
  const errors: FieldError[] = [];
  if (min !== undefined && min < 1) errors.push(invalid('spec.minReplicas', min, 'must be greater than or equal to 1'));
  if (max < 1) errors.push(invalid('spec.maxReplicas', max, 'must be greater than 0'));
  if (min !== undefined && max < min) errors.push(invalid('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`'));
  return [
    ...errors,
    ...validateTargetReference(spec.scaleTargetRef, 'spec.scaleTargetRef'),
    ...validateMetrics(spec.metrics ?? [], 'spec.metrics'),
    ...validateBehavior(spec.behavior, 'spec.behavior'),
  ];
}

export const validateStatusUpdate = ({ status }: KubeObject): FieldError[] =>
  allNonNegative(status, ['currentReplicas', 'desiredReplicas'], 'status');
