export {
  APPLY_PATCH,
  applyPatch,
  invalidPatch,
  JSON_PATCH,
  MERGE_PATCH,
  type Patched,
  type PatchRequest,
  patchTypeOf,
  STRATEGIC_MERGE_PATCH,
} from './apply.ts';
export { goFormat } from './goFormat.ts';
export { sameJson } from './plain.ts';
