import { canonical, type FieldSet, LEAF, type MutableSet, settled } from './fieldSet.ts';
import { elementOf } from './listKeys.ts';
import { DEDUCED_SHAPE, type Shape, type StructShape } from './shape.ts';
import { share } from './share.ts';

type Data = Record<string, unknown>;

/** A part that is there only on one side, with all that is in it. */
export function wholeSet(value: unknown, shape: Shape): FieldSet {
  if (typeof value !== 'object' || value === null || shape.kind === 'leaf') return LEAF;
  if (Array.isArray(value)) return setOfList(value, shape);
  return shape.kind === 'struct' ? setOfStruct(value as Data, shape) : setOfMap(value as Data, shape);
}

function setOfList(list: readonly unknown[], shape: Shape): FieldSet {
  if (list.length === 0 || (shape.kind !== 'listMap' && shape.kind !== 'set')) return LEAF;
  const out: MutableSet = { '.': LEAF };
  for (const item of list) out[elementOf(item, shape)] = shape.kind === 'set' ? LEAF : wholeSet(item, shape.item);
  return out;
}

function setOfMap(map: Data, shape: Shape): FieldSet {
  let out: MutableSet | undefined;
  for (const key of Object.keys(map)) {
    if (map[key] === undefined) continue;
    out ??= { '.': LEAF };
    out[`f:${key}`] = wholeSet(map[key], shape.kind === 'map' ? shape.item : DEDUCED_SHAPE);
  }
  return out ?? LEAF;
}

const SETS_MAX = 500;
const known = new WeakMap<StructShape, Map<string, FieldSet>>();

/** Structs with the same fields in them have the same set: it is made once, in upstream's order. */
function setOfStruct(struct: Data, shape: StructShape): FieldSet {
  let sets = known.get(shape);
  if (!sets) {
    sets = new Map();
    known.set(shape, sets);
  }
  const id = outlineOfStruct(struct, shape);
  let set = sets.get(id);
  if (set === undefined) {
    if (sets.size >= SETS_MAX) sets.clear();
    set = settled(share(canonical(membersOf(struct, shape))));
    sets.set(id, set);
  }
  return set;
}

function membersOf(struct: Data, shape: StructShape): FieldSet {
  let out: MutableSet | undefined;
  for (const key of Object.keys(struct)) {
    if (struct[key] === undefined) continue;
    const member = shape.member(key);
    out ??= { '.': LEAF };
    out[member.element] = wholeSet(struct[key], member.shape);
  }
  return out ?? LEAF;
}

/** Which fields there are, without what is in them: all that a set depends on. */
function outline(value: unknown, shape: Shape): string {
  if (typeof value !== 'object' || value === null || shape.kind === 'leaf') return '';
  if (Array.isArray(value)) {
    if (value.length === 0 || (shape.kind !== 'listMap' && shape.kind !== 'set')) return '';
    let out = '[';
    for (const item of value) out += `${elementOf(item, shape)}${shape.kind === 'set' ? '' : outline(item, shape.item)},`;
    return `${out}]`;
  }
  if (shape.kind === 'struct') return outlineOfStruct(value as Data, shape);
  let out = '{';
  for (const key of Object.keys(value)) {
    const child = (value as Data)[key];
    if (child !== undefined) out += `${JSON.stringify(key)}${outline(child, shape.kind === 'map' ? shape.item : DEDUCED_SHAPE)},`;
  }
  return `${out}}`;
}

function outlineOfStruct(struct: Data, shape: StructShape): string {
  let out = '{';
  for (const key of Object.keys(struct)) {
    const child = struct[key];
    if (child === undefined) continue;
    const name = shape.declares(key) ? key : JSON.stringify(key);
    out += typeof child === 'object' ? `${name}${outline(child, shape.member(key).shape)},` : `${name},`;
  }
  return `${out}}`;
}
