import { aggregateText, type FieldError, invalid } from '../field.ts';
import { labelKeyProblems, labelValueProblems } from './labelSyntax.ts';

export type Operator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

export interface Requirement {
  key: string;
  operator: Operator;
  values: readonly string[];
}

export type Labels = Readonly<Record<string, string>> | undefined;
export type LabelMatcher = (labels: Labels) => boolean;

const INTEGER = /^[+-]?\d{1,19}$/;

/** Findings about a requirement. Models NewRequirement in k8s.io/apimachinery/pkg/labels/selector.go. */
export function requirementProblems({ key, operator, values }: Requirement): FieldError[] {
  const problems: FieldError[] = [];
  const aboutKey = labelKeyProblems(key);
  if (aboutKey.length > 0) problems.push(invalid('key', key, aboutKey.join('; ')));
  const wrong = (detail: string): void => void problems.push(invalid('values', values, detail));
  if ((operator === 'in' || operator === 'notin') && values.length === 0) wrong("for 'in', 'notin' operators, values set can't be empty");
  if ((operator === 'exists' || operator === '!') && values.length > 0) wrong('values set must be empty for exists and does not exist');
  if ((operator === '=' || operator === '==' || operator === '!=') && values.length !== 1)
    wrong('exact-match compatibility requires one single value');
  if (operator === 'gt' || operator === 'lt') {
    if (values.length !== 1) wrong("for 'Gt', 'Lt' operators, exactly one value is required");
    for (const [i, value] of values.entries()) {
      if (!INTEGER.test(value)) problems.push(invalid(`values[${i}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer"));
    }
  }
  for (const [i, value] of values.entries()) {
    const aboutValue = labelValueProblems(value);
    if (aboutValue.length > 0) problems.push(invalid(`values[${i}][${key}]`, value, aboutValue.join('; ')));
  }
  return problems;
}

export const requirementProblemText = (requirement: Requirement): string | undefined => {
  const problems = requirementProblems(requirement);
  return problems.length > 0 ? aggregateText(problems) : undefined;
};

/** What is inherited from Object is never a string, so this reads own labels only. */
const labelOf = (labels: Labels, key: string): string | undefined => {
  const value = labels?.[key];
  return typeof value === 'string' ? value : undefined;
};

export function requirementMatcher({ key, operator, values }: Requirement): LabelMatcher {
  const only = values[0] as string;
  switch (operator) {
    case 'exists':
      return (labels) => labelOf(labels, key) !== undefined;
    case '!':
      return (labels) => labelOf(labels, key) === undefined;
    case 'gt':
    case 'lt':
      return numberMatcher(key, operator, only);
    case '!=':
    case 'notin':
      if (values.length === 1) return (labels) => labelOf(labels, key) !== only;
      return (labels) => {
        const value = labelOf(labels, key);
        return value === undefined || !values.includes(value);
      };
    default:
      if (values.length === 1) return (labels) => labelOf(labels, key) === only;
      return (labels) => {
        const value = labelOf(labels, key);
        return value !== undefined && values.includes(value);
      };
  }
}

function numberMatcher(key: string, operator: 'gt' | 'lt', text: string): LabelMatcher {
  const bound = BigInt(text.replace('+', ''));
  return (labels) => {
    const value = labelOf(labels, key);
    if (value === undefined || !INTEGER.test(value)) return false;
    const number = BigInt(value.replace('+', ''));
    return operator === 'gt' ? number > bound : number < bound;
  };
}

const SIGNS: Partial<Record<Operator, string>> = { '=': '=', '==': '==', '!=': '!=', in: ' in ', notin: ' notin ', gt: '>', lt: '<' };

export function formatRequirement({ key, operator, values }: Requirement): string {
  if (operator === 'exists') return key;
  if (operator === '!') return `!${key}`;
  const joined = [...values].sort().join(',');
  return operator === 'in' || operator === 'notin' ? `${key}${SIGNS[operator]}(${joined})` : `${key}${SIGNS[operator]}${joined}`;
}
