import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, invalid, notSupported } from '../../../machinery/field.ts';
import { notMoreThan100Percent, positiveIntOrPercent } from '../../rules/int-or-percent.ts';
import { allNonNegative } from '../../rules/numbers.ts';
import { validateConditions } from '../../shared/conditions.ts';
import { goStruct } from '../../shared/go/show.ts';
import { validateLabelSelector } from '../../shared/labels.ts';

// Models ValidatePodDisruptionBudget* in pkg/apis/policy/validation/validation.go.
const EVICTION_POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];

export function validate({ spec }: KubeObject): FieldError[] {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec;
  const errors: FieldError[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    errors.push(invalid('spec', goStruct('PodDisruptionBudgetSpec', spec), 'minAvailable and maxUnavailable cannot be both set'));
  for (const field of ['minAvailable', 'maxUnavailable']) {
    if (spec[field] === undefined) continue;
    errors.push(...positiveIntOrPercent(spec[field], `spec.${field}`), ...notMoreThan100Percent(spec[field], `spec.${field}`));
  }
  errors.push(...validateLabelSelector(spec.selector, 'spec.selector'));
  if (policy !== undefined && !EVICTION_POLICIES.includes(policy)) {
    errors.push(notSupported('spec.unhealthyPodEvictionPolicy', policy, EVICTION_POLICIES));
  }
  return errors;
}

export const validateStatusUpdate = ({ status }: KubeObject): FieldError[] => [
  ...validateConditions(status?.conditions, 'status.conditions'),
  ...allNonNegative(status, ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'], 'status'),
];
