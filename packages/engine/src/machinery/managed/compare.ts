import type { Definition } from '@vivakube/schema';
import { equalJson } from '../../core/json.ts';
import { EMPTY_SET, type FieldSet, LEAF, type MutableSet } from './fieldSet.ts';
import { indexItems, keyElement, sameKeys } from './listKeys.ts';
import { DEDUCED_SHAPE, type ListMapShape, type SetShape, type Shape, type StructShape, structShape } from './shape.ts';
import { wholeSet } from './whole.ts';

type Data = Record<string, unknown>;

/** What one object has that the other has not; each set lists parts that appeared or vanished together with their members. */
export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

interface Diff {
  added: FieldSet | undefined;
  modified: FieldSet | undefined;
  removed: FieldSet | undefined;
}

const SAME: Comparison = { added: EMPTY_SET, modified: EMPTY_SET, removed: EMPTY_SET };
const MODIFIED: Diff = { added: undefined, modified: LEAF, removed: undefined };
const NOTHING: Data = {};

// What the server itself sets is nobody's. Models stripmeta.go of k8s.io/apimachinery/pkg/util/managedfields.
const OWNERLESS_TOP = new Set(['apiVersion', 'kind']);
const OWNERLESS_META = new Set(['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'generation', 'managedFields', 'resourceVersion']);
const NONE: ReadonlySet<string> = new Set();

/** The same as a set, for what does not come from a comparison. */
export const OWNERLESS: FieldSet = {
  'f:apiVersion': LEAF,
  'f:kind': LEAF,
  'f:metadata': { '.': LEAF, ...Object.fromEntries([...OWNERLESS_META].map((name) => [`f:${name}`, LEAF])) },
};

/**
 * Compares two objects of a kind, as far as anybody can own what they hold. Subtrees that are identical are skipped at once, so the cost is that of what changed.
 * Models typed/compare.go of structured-merge-diff.
 */
export function compare(before: object | undefined, after: object, definition: Definition): Comparison {
  const shape = structShape(definition);
  const diff = diffStruct((before ?? NOTHING) as Data, after as Data, shape, OWNERLESS_TOP);
  if (diff === undefined) return SAME;
  return { added: diff.added ?? EMPTY_SET, modified: diff.modified ?? EMPTY_SET, removed: diff.removed ?? EMPTY_SET };
}

const isMap = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);
const get = (data: Data, key: string): unknown => (Object.hasOwn(data, key) ? data[key] : undefined);

function diffValues(before: unknown, after: unknown, shape: Shape): Diff | undefined {
  if (before === after) return undefined;
  switch (shape.kind) {
    case 'struct':
      if (isMap(before) && isMap(after)) return diffStruct(before, after, shape);
      break;
    case 'map':
      if (isMap(before) && isMap(after)) return diffMap(before, after, shape.item);
      break;
    case 'deduced':
      if (isMap(before) && isMap(after)) return diffMap(before, after, DEDUCED_SHAPE);
      break;
    case 'leaf':
      break;
    default:
      if (Array.isArray(before) && Array.isArray(after)) return diffList(before, after, shape);
  }
  return equalJson(before, after) ? undefined : MODIFIED;
}

function diffStruct(before: Data, after: Data, shape: StructShape, ownerless: ReadonlySet<string> = NONE): Diff | undefined {
  const isRoot = ownerless === OWNERLESS_TOP;
  let diff: Diff | undefined;
  for (const name in after) {
    const is = after[name];
    const was = get(before, name);
    if (was === is || is === undefined || ownerless.has(name)) continue;
    const { element, shape: inner, startsEmpty } = shape.member(name);
    if (isRoot && name === 'metadata') {
      diff = under(diff, element, diffStruct((was ?? NOTHING) as Data, is as Data, inner as StructShape, OWNERLESS_META));
    } else if (was !== undefined) diff = under(diff, element, diffValues(was, is, inner));
    else diff = startsEmpty ? under(diff, element, fromEmpty(is, inner)) : grow(diff, 'added', element, wholeSet(is, inner));
  }
  for (const name in before) {
    const was = before[name];
    if (was === undefined || get(after, name) !== undefined || ownerless.has(name)) continue;
    const { element, shape: inner, startsEmpty } = shape.member(name);
    diff = startsEmpty ? under(diff, element, toEmpty(was, inner)) : grow(diff, 'removed', element, wholeSet(was, inner));
  }
  return diff;
}

function diffMap(before: Data, after: Data, item: Shape): Diff | undefined {
  let diff: Diff | undefined;
  for (const key of Object.keys(after)) {
    const was = get(before, key);
    if (was === after[key]) continue;
    const element = `f:${key}`;
    diff = was === undefined ? grow(diff, 'added', element, wholeSet(after[key], item)) : under(diff, element, diffValues(was, after[key], item));
  }
  for (const key of Object.keys(before)) {
    if (get(after, key) === undefined) diff = grow(diff, 'removed', `f:${key}`, wholeSet(before[key], item));
  }
  return diff;
}

function diffList(before: unknown[], after: unknown[], shape: ListMapShape | SetShape): Diff | undefined {
  return shape.kind === 'listMap' && inStep(before, after, shape) ? diffInStep(before, after, shape) : diffByElement(before, after, shape);
}

/** Nearly always, items keep their places and come or go at the end. */
function inStep(before: unknown[], after: unknown[], { keys }: ListMapShape): boolean {
  const count = Math.min(before.length, after.length);
  for (let i = 0; i < count; i++) if (before[i] !== after[i] && !sameKeys(before[i], after[i], keys)) return false;
  return Math.abs(before.length - after.length) <= 1;
}

function diffInStep(before: unknown[], after: unknown[], { item, keys }: ListMapShape): Diff | undefined {
  let diff: Diff | undefined;
  const count = Math.min(before.length, after.length);
  for (let i = 0; i < count; i++) {
    if (before[i] === after[i]) continue;
    const inner = diffValues(before[i], after[i], item);
    if (inner !== undefined) diff = under(diff, keyElement(after[i], keys), inner);
  }
  if (after.length > count) diff = grow(diff, 'added', keyElement(after[count], keys), wholeSet(after[count], item));
  if (before.length > count) diff = grow(diff, 'removed', keyElement(before[count], keys), wholeSet(before[count], item));
  return diff;
}

function diffByElement(before: unknown[], after: unknown[], shape: ListMapShape | SetShape): Diff | undefined {
  const item = shape.kind === 'set' ? undefined : shape.item;
  const was = indexItems(before, shape);
  const is = indexItems(after, shape);
  let diff: Diff | undefined;
  for (const [element, items] of is) {
    const old = was.get(element);
    if (old === undefined) diff = grow(diff, 'added', element, item ? wholeSet(items[0], item) : LEAF);
    else if (old.length > 1 || items.length > 1) diff = equalJson(old, items) ? diff : under(diff, element, MODIFIED);
    else if (item && old[0] !== items[0]) diff = under(diff, element, diffValues(old[0], items[0], item));
  }
  for (const [element, items] of was) {
    if (!is.has(element)) diff = grow(diff, 'removed', element, item ? wholeSet(items[0], item) : LEAF);
  }
  return diff;
}

/** A field that was there, but empty: only what is inside is new. */
function fromEmpty(value: unknown, shape: Shape): Diff | undefined {
  if (shape.kind === 'struct') return isMap(value) ? diffStruct(NOTHING, value, shape) : MODIFIED;
  if (shape.kind === 'map' && isMap(value)) return diffMap(NOTHING, value, shape.item);
  if ((shape.kind === 'listMap' || shape.kind === 'set') && Array.isArray(value)) return diffList([], value, shape);
  return { added: LEAF, modified: undefined, removed: undefined };
}

function toEmpty(value: unknown, shape: Shape): Diff | undefined {
  const diff = fromEmpty(value, shape);
  return diff && { added: undefined, modified: undefined, removed: diff.added ?? diff.modified };
}

function grow(diff: Diff | undefined, side: keyof Diff, element: string, set: FieldSet): Diff {
  const out = diff ?? { added: undefined, modified: undefined, removed: undefined };
  if (out[side] === undefined) out[side] = { [element]: set };
  else (out[side] as MutableSet)[element] = set;
  return out;
}

function under(diff: Diff | undefined, element: string, inner: Diff | undefined): Diff | undefined {
  if (inner === undefined) return diff;
  let out = diff;
  if (inner.added !== undefined) out = grow(out, 'added', element, inner.added);
  if (inner.modified !== undefined) out = grow(out, 'modified', element, inner.modified);
  if (inner.removed !== undefined) out = grow(out, 'removed', element, inner.removed);
  return out;
}
