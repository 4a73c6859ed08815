import { type FieldError, invalid, required } from '../../machinery/field.ts';
import { goSelector } from '../shared/go/show.ts';
import { validateLabelSelector } from '../shared/labels.ts';

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export const isEmptySelector = (selector: LabelSelector | undefined): boolean =>
  selector !== undefined && Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions?.length ?? 0) === 0;

/** Whether LabelSelectorAsSelector would fail. */
export const selectorProblem = (selector: LabelSelector | undefined): boolean =>
  selector !== undefined && validateLabelSelector(selector, 'selector').length > 0;

function requirementHolds(requirement: { key: string; operator: string; values?: string[] }, labels: Record<string, string>): boolean {
  const has = Object.hasOwn(labels, requirement.key);
  const listed = has && (requirement.values ?? []).includes(labels[requirement.key] as string);
  switch (requirement.operator) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return has;
    default:
      return !has;
  }
}

/** An absent selector matches nothing, an empty one everything. */
export function selectorMatches(selector: LabelSelector | undefined, labels: Record<string, string> = {}): boolean {
  if (selector === undefined) return false;
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    (selector.matchExpressions ?? []).every((requirement) => requirementHolds(requirement, labels))
  );
}

/** Models the selector checks that Deployment, ReplicaSet and StatefulSet share: given, well-formed, not empty. */
export function validateWorkloadSelector(selector: LabelSelector | undefined, path: string, noun: string): FieldError[] {
  if (selector === undefined) return [required(path)];
  const errors = validateLabelSelector(selector, path);
  if (isEmptySelector(selector)) errors.push(invalid(path, goSelector(selector), `empty selector is invalid for ${noun}`));
  return errors;
}
