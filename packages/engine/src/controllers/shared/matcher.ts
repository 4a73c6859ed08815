import { type LabelSelector, selectorMatches } from '../../kinds/rules/selector.ts';

export type Labels = Record<string, string> | undefined;

/** A selector as a function, for those who ask it about thousands of objects. */
export function matcher(selector: LabelSelector | undefined): (labels: Labels) => boolean {
  if (selector === undefined || (selector.matchExpressions?.length ?? 0) > 0) return (labels) => selectorMatches(selector, labels);
  const wanted = Object.entries(selector.matchLabels ?? {});
  return (labels = {}) => {
    for (const [key, value] of wanted) if (!Object.hasOwn(labels, key) || labels[key] !== value) return false;
    return true;
  };
}
