import type { FieldType } from '@vivakube/schema';
import { unprocessable } from './body.ts';
import { inOrder } from './elementOrder.ts';
import { itemOf } from './patchMeta.ts';
import { isObject, type Json, type JsonObject, own } from './plain.ts';
import { mergeStrategically, withoutNulls } from './strategic.ts';
import { badPatchType, mergeOfLists, mergeWithoutKey, mixedElements, noMergeKey, notAMap } from './strategicErrors.ts';

/** Merges a list whose strategy is `merge`: scalars as a set, objects by their merge key. */
export function mergeList(original: Json[], patch: Json[], type: FieldType | undefined, mergeKey: string | undefined): Json[] {
  if (original.length === 0 && patch.length === 0) return original;
  if (!holdsObjects(original, patch)) return inOrder([...new Set([...original, ...patch])], patch, original, undefined);
  if (mergeKey === undefined) throw mergeWithoutKey();
  const { base, changes } = withDirectives(original, patch as JsonObject[], mergeKey);
  const merged = mergeByKey(base, changes, mergeKey, itemOf(type));
  for (const item of merged) if (!Object.hasOwn(item, mergeKey)) throw noMergeKey(item, mergeKey);
  return inOrder(merged, changes, base, mergeKey);
}

export const withoutPrimitives = (original: Json[], removed: Json[]): Json[] => original.filter((item) => !removed.includes(item));

function holdsObjects(original: Json[], patch: Json[]): boolean {
  const kinds = new Set([...original, ...patch].map((item) => (Array.isArray(item) ? 'list' : typeof item)));
  if (kinds.has('list')) throw unprocessable();
  if (kinds.size > 1) throw mixedElements([original, patch]);
  return kinds.has('object');
}

/** Carries out the items with `$patch`, and returns what is left to merge. */
function withDirectives(original: Json[], patch: JsonObject[], mergeKey: string): { base: Json[]; changes: JsonObject[] } {
  let base = original;
  let replaces = false;
  const changes: JsonObject[] = [];
  for (const item of patch) {
    const directive = own(item, '$patch');
    if (directive === undefined) changes.push(item);
    else if (directive === 'delete') {
      const value = own(item, mergeKey);
      if (value === undefined) throw noMergeKey(item, mergeKey);
      base = base.filter((known, i) => objectAt(known, i)[mergeKey] !== value);
    } else if (directive === 'replace') replaces = true;
    else throw directive === 'merge' ? mergeOfLists() : badPatchType(directive, item);
  }
  return replaces ? { base: changes, changes: [] } : { base, changes };
}

function objectAt(item: Json, index: number): JsonObject {
  if (!isObject(item)) throw notAMap(index);
  return item;
}

function mergeByKey(base: Json[], changes: JsonObject[], mergeKey: string, itemType: FieldType | undefined): JsonObject[] {
  const merged = base.map(objectAt);
  for (const change of changes) {
    const value = own(change, mergeKey);
    if (value === undefined) throw noMergeKey(change, mergeKey);
    const at = merged.findIndex((item) => own(item, mergeKey) === value);
    if (at >= 0) merged[at] = mergeStrategically(merged[at] as JsonObject, change, itemType);
    else merged.push(withoutNulls(change) as JsonObject);
  }
  return merged;
}
