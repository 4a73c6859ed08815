import type { KubeObject } from '../../../core/object.ts';
import { type FieldError, required } from '../../../machinery/field.ts';
import { invalidNil } from '../../rules/errors.ts';
import { validatePolicyRule } from '../../rules/rbac.ts';
import type { Part } from '../../shared/fields.ts';
import { validateLabelSelector } from '../../shared/labels.ts';

function validateAggregation(rule: Part, path: string): FieldError[] {
  const selectors: Part[] = rule.clusterRoleSelectors ?? [];
  if (selectors.length === 0) return [required(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil')];
  return selectors.flatMap((selector, i) => {
    const errors = validateLabelSelector(selector, `${path}[${i}]`);
    return errors.length === 0 ? [] : [...errors, invalidNil(`${path}[${i}]`, 'invalid label selector.')];
  });
}

// Models ValidateClusterRole in pkg/apis/rbac/validation/validation.go.
export const validate = ({ rules, aggregationRule }: KubeObject): FieldError[] => [
  ...(rules ?? []).flatMap((rule: Part, i: number) => validatePolicyRule(rule, false, `rules[${i}]`)),
  ...(aggregationRule ? validateAggregation(aggregationRule, 'aggregationRule.clusterRoleSelectors') : []),
];
