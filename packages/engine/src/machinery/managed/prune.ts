import type { Definition } from '@vivakube/schema';
import { difference, type FieldSet, intersection, isEmpty, isSubset, union } from './fieldSet.ts';
import { fieldSetOf, withNamedFields } from './fromObject.ts';
import { elementOf } from './listKeys.ts';
import { withoutNulls } from './merge.ts';
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
  return withoutNulls(removeItems(merged, intersection(difference(all, setOf(withOwned)), named(last)), definition)) as object;
}

/** The object without the fields of the set; a map or list that loses its last one goes too. Models typed/remove.go. */
export function removeItems(object: object, set: FieldSet, definition: Definition): object {
  return (removeFrom(object, set, structShape(definition)) ?? {}) as object;
}

function removeFrom(value: unknown, set: FieldSet, shape: Shape): unknown {
  if (isMap(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0 || shape.kind === 'leaf') return undefined;
    const left = entries.filter(([key]) => !takes(set[`f:${key}`]));
    if (left.length === 0) return undefined;
    const kept = left.map(([key, child]) => [key, removeBelow(child, set[`f:${key}`], childShape(shape, key))] as const);
    // What lost everything stays as a null until the end: it still counts as being there.
    return Object.fromEntries(kept.map(([key, child]) => [key, child ?? null]));
  }
  if (!Array.isArray(value)) return value;
  if (shape.kind !== 'listMap' && shape.kind !== 'set') return undefined;
  const kept = value.flatMap((item) => {
    const node = set[elementOf(item, shape)];
    const rest = takes(node) ? undefined : removeBelow(item, node, shape.kind === 'set' ? shape : shape.item);
    return rest === undefined ? [] : [rest];
  });
  return kept.length === 0 ? undefined : kept;
}

const takes = (node: FieldSet | undefined): boolean => node !== undefined && (isEmpty(node) || node['.'] !== undefined);

const removeBelow = (child: unknown, node: FieldSet | undefined, shape: Shape): unknown =>
  node === undefined ? child : removeFrom(child, node, shape);

function childShape(shape: Shape, key: string): Shape {
  if (shape.kind === 'struct') return shape.member(key).shape;
  return shape.kind === 'map' ? shape.item : DEDUCED_SHAPE;
}
