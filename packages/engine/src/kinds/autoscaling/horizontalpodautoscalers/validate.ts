import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid } from '../../../machinery/field.ts';
import { allNonNegative } from '../../rules/numbers.ts';
import type { Part } from '../../shared/fields.ts';
import { validateBehavior } from './behavior.ts';
import { apiVersionProblem, validateMetrics, validateReference } from './metrics.ts';

// Models validateHorizontalPodAutoscalerSpec in pkg/apis/autoscaling/validation/validation.go.
export function validate({ spec }: KubeObject): FieldError[] {
  const { minReplicas: min, maxReplicas: max = 0 } = spec;
  const errors: FieldError[] = [];
  if (min !== undefined && min < 1) errors.push(invalid('spec.minReplicas', min, 'must be greater than or equal to 1'));
  if (max < 1) errors.push(invalid('spec.maxReplicas', max, 'must be greater than 0'));
  if (min !== undefined && max < min) errors.push(invalid('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`'));
  return [
    ...errors,
    // The one thing of the core group that scales.
    ...validateReference(spec.scaleTargetRef, 'spec.scaleTargetRef', spec.scaleTargetRef?.kind !== 'ReplicationController'),
    ...validateMetrics(spec.metrics ?? [], 'spec.metrics'),
    ...validateBehavior(spec.behavior, 'spec.behavior'),
  ];
}

const MAY_STAY = /^spec\.(?:scaleTargetRef|metrics\[\d+\]\.object\.describedObject)\.apiVersion$/;

const isMisnamed = ({ type, object }: Part): boolean =>
  type === 'Object' && object && apiVersionProblem(object.describedObject?.apiVersion ?? '', false) !== undefined;

/** Versions that nobody looked at before 1.34 may stay as they are. Models validationOptionsForHorizontalPodAutoscaler. */
export function validateUpdate(autoscaler: KubeObject, old: KubeObject): FieldError[] {
  const [after, before] = [autoscaler.spec.scaleTargetRef ?? {}, old.spec.scaleTargetRef ?? {}];
  const isSame = after.kind === before.kind && after.apiVersion === before.apiVersion;
  const wasMisnamed = (old.spec.metrics ?? []).some(isMisnamed);
  return validate(autoscaler).filter(({ field }) => {
    if (!MAY_STAY.test(field)) return true;
    return field.startsWith('spec.scaleTargetRef') ? !isSame : !wasMisnamed;
  });
}

export const validateStatusUpdate = ({ status }: KubeObject): FieldError[] =>
  allNonNegative(status, ['currentReplicas', 'desiredReplicas'], 'status');
