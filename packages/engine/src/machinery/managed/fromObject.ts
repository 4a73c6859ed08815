import type { Definition } from '@vivakube/schema';
import { EMPTY_SET, type FieldSet, isEmpty, LEAF, type MutableSet } from './fieldSet.ts';
import { elementOf } from './listKeys.ts';
import { DEDUCED_SHAPE, type Shape, type StructShape, structShape } from './shape.ts';

type Data = Record<string, unknown>;

/**
 * The fields that an applied configuration speaks of. Fields of structs count only through what is in them, map keys and list items
 * always. Models typed/tofieldset.go of structured-merge-diff.
 */
export function fieldSetOf(object: object, definition: Definition): FieldSet {
  return structSet(object as Data, structShape(definition)) ?? EMPTY_SET;
}

function structSet(data: Data, shape: StructShape): FieldSet | undefined {
  let out: MutableSet | undefined;
  for (const name in data) {
    const value = data[name];
    if (value === undefined) continue;
    const { element, shape: inner } = shape.member(name);
    const set = isBlank(value) ? LEAF : valueSet(value, inner);
    if (set === undefined) continue;
    out ??= {};
    out[element] = shape.declares(name) ? set : member(set);
  }
  return out;
}

const isBlank = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && !Array.isArray(value) && Object.keys(value as object).length === 0);

const member = (set: FieldSet | undefined): FieldSet => (set === undefined || isEmpty(set) ? LEAF : { '.': LEAF, ...set });

function valueSet(value: unknown, shape: Shape): FieldSet | undefined {
  if (typeof value !== 'object' || value === null || shape.kind === 'leaf') return LEAF;
  if (!Array.isArray(value)) {
    if (shape.kind === 'struct') return structSet(value as Data, shape);
    if (shape.kind === 'map') return mapSet(value as Data, shape.item);
    return shape.kind === 'deduced' ? mapSet(value as Data, DEDUCED_SHAPE) : LEAF;
  }
  if (shape.kind !== 'listMap' && shape.kind !== 'set') return LEAF;
  if (value.length === 0) return undefined;
  const out: MutableSet = {};
  for (const item of value) out[elementOf(item, shape)] = shape.kind === 'set' ? LEAF : member(valueSet(item, shape.item));
  return out;
}

function mapSet(data: Data, item: Shape): FieldSet | undefined {
  const out: MutableSet = {};
  for (const key of Object.keys(data)) out[`f:${key}`] = member(isBlank(data[key]) ? LEAF : valueSet(data[key], item));
  return out;
}

/** The set with the fields of structs as members wherever something in them is one. Models EnsureNamedFieldsAreMembers. */
export function withNamedFields(set: FieldSet, definition: Definition): FieldSet {
  return namedIn(set, structShape(definition));
}

function namedIn(set: FieldSet, shape: Shape): FieldSet {
  const out: MutableSet = {};
  for (const element in set) {
    const child = set[element] as FieldSet;
    if (element === '.') {
      out['.'] = child;
      continue;
    }
    const name = element.slice(2);
    const inner = namedIn(child, childShape(shape, element, name));
    out[element] = shape.kind === 'struct' && element.startsWith('f:') && shape.declares(name) ? member(inner) : inner;
  }
  return out;
}

function childShape(shape: Shape, element: string, name: string): Shape {
  if (element.startsWith('f:')) {
    if (shape.kind === 'struct') return shape.member(name).shape;
    return shape.kind === 'map' ? shape.item : DEDUCED_SHAPE;
  }
  return shape.kind === 'listMap' ? shape.item : DEDUCED_SHAPE;
}
