import { type FieldError, invalid, notSupported, required } from '../../../machinery/field.ts';
import type { Part } from '../../shared/fields.ts';
import { nano } from '../../shared/quantity.ts';

// Models validateBehavior in pkg/apis/autoscaling/validation/validation.go.
const WINDOW_SECONDS_MAX = 3600;
const PERIOD_SECONDS_MAX = 1800;
const SELECT_POLICIES = ['Disabled', 'Max', 'Min'];
const POLICY_TYPES = ['Percent', 'Pods'];

function validatePolicy({ type = '', value = 0, periodSeconds = 0 }: Part, path: string): FieldError[] {
  const errors = POLICY_TYPES.includes(type) ? [] : [notSupported(`${path}.type`, type, POLICY_TYPES)];
  if (value <= 0) errors.push(invalid(`${path}.value`, value, 'must be greater than zero'));
  if (periodSeconds <= 0) errors.push(invalid(`${path}.periodSeconds`, periodSeconds, 'must be greater than zero'));
  if (periodSeconds > PERIOD_SECONDS_MAX) {
    errors.push(invalid(`${path}.periodSeconds`, periodSeconds, `must be less than or equal to ${PERIOD_SECONDS_MAX}`));
  }
  return errors;
}

function validateRules(rules: Part, path: string): FieldError[] {
  if (!rules) return [];
  const { stabilizationWindowSeconds: window, selectPolicy, policies = [], tolerance } = rules;
  const errors: FieldError[] = [];
  const at = `${path}.stabilizationWindowSeconds`;
  if (window !== undefined && window < 0) errors.push(invalid(at, window, 'must be greater than or equal to zero'));
  if (window !== undefined && window > WINDOW_SECONDS_MAX) errors.push(invalid(at, window, `must be less than or equal to ${WINDOW_SECONDS_MAX}`));
  if (selectPolicy !== undefined && !SELECT_POLICIES.includes(selectPolicy)) {
    errors.push(notSupported(`${path}.selectPolicy`, selectPolicy, SELECT_POLICIES));
  }
  if (policies.length === 0) errors.push(required(`${path}.policies`, 'must specify at least one Policy'));
  errors.push(...policies.flatMap((policy: Part, i: number) => validatePolicy(policy, `${path}.policies[${i}]`)));
  if (tolerance !== undefined && nano(tolerance) < 0n) errors.push(invalid(`${path}.tolerance`, tolerance, 'must be greater than or equal to 0'));
  return errors;
}

export const validateBehavior = (behavior: Part, path: string): FieldError[] =>
  behavior ? [...validateRules(behavior.scaleUp, `${path}.scaleUp`), ...validateRules(behavior.scaleDown, `${path}.scaleDown`)] : [];
