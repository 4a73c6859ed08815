import { formatRequirement, type LabelMatcher, type Requirement, requirementMatcher } from './requirement.ts';

export interface Selector {
  /** Ordered by key, as upstream prints them. */
  requirements: readonly Requirement[];
  matches: LabelMatcher;
  /** Selects whatever there is. */
  everything: boolean;
  /** Selects not a single object, as an absent LabelSelector does. */
  nothing: boolean;
}

export const EVERYTHING: Selector = { requirements: [], matches: () => true, everything: true, nothing: false };
export const NOTHING: Selector = { requirements: [], matches: () => false, everything: false, nothing: true };

const byKey = (a: Requirement, b: Requirement): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** The requirements together; they are taken as valid. */
export function selectorOf(requirements: readonly Requirement[]): Selector {
  if (requirements.length === 0) return EVERYTHING;
  const ordered = [...requirements].sort(byKey);
  const matchers = ordered.map(requirementMatcher);
  const [first, second] = matchers as [LabelMatcher, LabelMatcher | undefined];
  let matches: LabelMatcher = first;
  if (second !== undefined)
    matches = matchers.length === 2 ? (labels) => first(labels) && second(labels) : (labels) => matchers.every((m) => m(labels));
  return { requirements: ordered, matches, everything: false, nothing: false };
}

/** `app=web,env in (a,b)`; empty for everything and for nothing. */
export const formatSelector = (selector: Selector): string => selector.requirements.map(formatRequirement).join(',');

/** The value that an object must have for a label, where the selector leaves only one. Lets a caller use an index. */
export function requiredValue(selector: Selector, key: string): string | undefined {
  const found = selector.requirements.find((r) => r.key === key);
  const exact = found?.operator === '=' || found?.operator === '==' || found?.operator === 'in';
  return exact && found?.values.length === 1 ? found.values[0] : undefined;
}
