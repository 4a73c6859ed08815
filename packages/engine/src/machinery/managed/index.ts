export { type Applied, type Apply, applyServerSide } from './apply.ts';
export { type Comparison, compare } from './compare.ts';
export { type AppliedBody, decodeApplied } from './decodeApplied.ts';
export {
  difference,
  EMPTY_SET,
  equalSets,
  type FieldSet,
  intersection,
  isEmpty,
  recursiveDifference,
  union,
} from './fieldSet.ts';
export { fieldSetOf } from './fromObject.ts';
export { fieldManagerProblems, forceProblems, managerName } from './manager.ts';
export { mergeApplied } from './merge.ts';
export { RESET_SPEC, RESET_STATUS, trackUpdate, type Update } from './track.ts';
export { appliedFindings } from './validateApplied.ts';
