import type { Definition } from '@vivakube/schema';
import { difference, type FieldSet, intersection, isEmpty, isSubset, union } from './fieldSet.ts';
import { fieldSetOf, withNamedFields } from './fromObject.ts';
import { elementOf } from './listKeys.ts';
import { DEDUCED_SHAPE, type Shape, structShape } from './shape.ts';

type Data = Record<string, unknown>;
const isMap = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Takes out what the manager applied last time, does not apply any more, and nobody else owns.
 * @param last what the manager owned before @param now what it owns from now on @param owned what all managers own together, `now` included
 * Models Updater.prune of structured-merge-diff.
 */
export function prune(merged: object, last: FieldSet, now: FieldSet, owned: FieldSet, definition: Definition): object {
  if (isEmpty(last) || isSubset(last, now)) return merged;
  const named = (set: FieldSet): FieldSet => withNamedFields(set, definition);
  const setOf = (object: object): FieldSet => named(fieldSetOf(object, definition));
  const all = setOf(merged);
  const bare = removeItems(merged, named(last), definition);
  const withOwned = removeItems(merged, difference(all, union(setOf(bare), named(owned))), definition);
  return removeItems(merged, intersection(difference(all, setOf(withOwned)), named(last)), definition);
}

/** The object without the fields of the set; whatever becomes empty on the way goes too. Models typed/remove.go. */
export function removeItems(object: object, set: FieldSet, definition: Definition): object {
  return (removeFrom(object, set, structShape(definition)) ?? {}) as object;
}

function removeFrom(value: unknown, set: FieldSet, shape: Shape): unknown {
  if (isMap(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0 || shape.kind === 'leaf') return undefined;
    const kept = entries.flatMap(([key, child]) => {
      const rest = keep(child, set[`f:${key}`], shape.kind === 'struct' ? shape.member(key).shape : shape.kind === 'map' ? shape.item : DEDUCED_SHAPE);
      return rest === undefined ? [] : [[key, rest] as const];
    });
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  if (!Array.isArray(value)) return value;
  if (shape.kind !== 'listMap' && shape.kind !== 'set') return undefined;
  const kept = value.flatMap((item) => {
    const rest = keep(item, set[elementOf(item, shape)], shape.kind === 'set' ? shape : shape.item);
    return rest === undefined ? [] : [rest];
  });
  return kept.length === 0 ? undefined : kept;
}

function keep(child: unknown, node: FieldSet | undefined, shape: Shape): unknown {
  if (node === undefined) return child;
  if (isEmpty(node) || node['.'] !== undefined) return undefined;
  return removeFrom(child, node, shape);
}
