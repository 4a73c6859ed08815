import { type FieldSet, isEmpty, isSettled, LEAF, type MutableSet } from './fieldSet.ts';

const SHARED_SETS_MAX = 2_000;
const shared = new Map<string, FieldSet>();

/**
 * The same set, with parts that equal those of other objects held only once: pods of one template own the same fields,
 * and their sets would weigh as much as the rest of them. What is forgotten when the store is full costs memory, never meaning.
 */
export function shareParts(set: FieldSet): FieldSet {
  const out: MutableSet = {};
  for (const element in set) out[element] = element === 'f:status' ? shareChildren(set[element] as FieldSet) : share(set[element] as FieldSet);
  return out;
}

/** Parts of a status have the addresses of the object in them, so only the others recur. */
function shareChildren(set: FieldSet): FieldSet {
  const out: MutableSet = {};
  for (const element in set) out[element] = share(set[element] as FieldSet);
  return out;
}

export function share(set: FieldSet): FieldSet {
  if (isEmpty(set)) return LEAF;
  if (isSettled(set)) return set;
  const text = JSON.stringify(set);
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size >= SHARED_SETS_MAX) shared.clear();
  shared.set(text, set);
  return set;
}
