export { APPLY_PATCH, applyPatch, JSON_PATCH, MERGE_PATCH, type PatchRequest, patchAndDecode, patchTypeOf, STRATEGIC_MERGE_PATCH } from './apply.ts';
export { goFormat } from './goFormat.ts';
