export { type FieldSelector, type FieldTerm, parseFieldSelector, requiredField } from './fieldSelector.ts';
export {
  InvalidSelectorError,
  type LabelSelectorObject,
  labelSelectorText,
  selectorFor,
  selectorForSet,
  showLabelSelector,
} from './labelSelector.ts';
export { parseLabelSelector } from './parse.ts';
export type { LabelMatcher, Labels, Operator, Requirement } from './requirement.ts';
export { EVERYTHING, formatSelector, NOTHING, requiredValue, type Selector, selectorOf } from './selector.ts';
