import { type FieldError, required } from '../../../machinery/field.ts';
import { type Part, validateOptionalEnum } from '../../shared/fields.ts';
import { validateLabelSelector } from '../../shared/labels.ts';
import { validateRule } from '../webhooks/rules.ts';

const MATCH_POLICIES = ['Equivalent', 'Exact'];

/** Models validateMatchResources in pkg/apis/admissionregistration/validation/validation.go. */
export function validateMatchResources(match: Part, path: string): FieldError[] {
  const rules = (field: string): FieldError[] =>
    (match[field] ?? []).flatMap((rule: Part, i: number) => validateRule(rule, `${path}.${field}[${i}]`));
  return [
    ...(match.matchPolicy === undefined
      ? [required(`${path}.matchPolicy`)]
      : validateOptionalEnum(match.matchPolicy, MATCH_POLICIES, `${path}.matchPolicy`)),
    ...validateLabelSelector(match.namespaceSelector, `${path}.namespaceSelector`),
    ...validateLabelSelector(match.objectSelector, `${path}.objectSelector`),
    ...rules('resourceRules'),
    ...rules('excludeResourceRules'),
  ];
}
