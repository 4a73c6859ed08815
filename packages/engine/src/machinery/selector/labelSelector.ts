import { goQuote } from '../field.ts';
import type { Operator, Requirement } from './requirement.ts';
import { requirementProblemText } from './requirement.ts';
import { EVERYTHING, formatSelector, NOTHING, type Selector, selectorOf } from './selector.ts';

/** metav1.LabelSelector. */
export interface LabelSelectorObject {
  matchLabels?: Record<string, string>;
  matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

export class InvalidSelectorError extends Error {}

const OPERATORS = new Map<string, Operator>([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
]);

const compiled = new WeakMap<object, Selector>();

/**
 * Models LabelSelectorAsSelector: an absent selector selects nothing, an empty one everything.
 * Stored objects are immutable, so the outcome is kept by identity. Throws InvalidSelectorError on what validation would refuse.
 */
export function selectorFor(object: LabelSelectorObject | undefined | null): Selector {
  if (object === undefined || object === null) return NOTHING;
  const known = compiled.get(object);
  if (known !== undefined) return known;
  const made = compile(object);
  compiled.set(object, made);
  return made;
}

function compile(object: LabelSelectorObject): Selector {
  const requirements: Requirement[] = [];
  for (const [key, value] of Object.entries(object.matchLabels ?? {})) requirements.push(checked({ key, operator: '=', values: [value] }));
  for (const { key, operator, values } of object.matchExpressions ?? []) {
    const known = OPERATORS.get(operator);
    if (known === undefined) throw new InvalidSelectorError(`${goQuote(operator)} is not a valid label selector operator`);
    requirements.push(checked({ key, operator: known, values: values ?? [] }));
  }
  return requirements.length === 0 ? EVERYTHING : selectorOf(requirements);
}

function checked(requirement: Requirement): Requirement {
  const problem = requirementProblemText(requirement);
  if (problem !== undefined) throw new InvalidSelectorError(problem);
  return requirement;
}

const setSelectors = new WeakMap<object, Selector>();

/** A plain map of labels, as Services and ReplicationControllers have it; both absent and empty select everything. */
export function selectorForSet(labels: Readonly<Record<string, string>> | undefined | null): Selector {
  if (labels === undefined || labels === null) return EVERYTHING;
  const known = setSelectors.get(labels);
  if (known !== undefined) return known;
  const made = selectorOf(Object.entries(labels).map(([key, value]) => ({ key, operator: '=', values: [value] })));
  setSelectors.set(labels, made);
  return made;
}

/** For people, as `kubectl get -o wide` shows it. Models metav1.FormatLabelSelector. */
export function showLabelSelector(object: LabelSelectorObject | undefined | null): string {
  try {
    return formatSelector(selectorFor(object)) || '<none>';
  } catch (error) {
    if (error instanceof InvalidSelectorError) return '<error>';
    throw error;
  }
}

/** For machines, as the status.selector of a Scale has it. */
export const labelSelectorText = (object: LabelSelectorObject | undefined | null): string => formatSelector(selectorFor(object));
