import { type Definition, definition, type Field, type FieldType } from '@vivakube/schema';
import { startsEmpty } from './emptyFields.ts';

/** How a value merges; what the schema says about a field, boiled down to what server-side apply needs. */
export type Shape = LeafShape | StructShape | MapShape | ListMapShape | SetShape | DeducedShape;

/** A scalar, or something that changes as a whole. */
export interface LeafShape {
  kind: 'leaf';
}
export interface MapShape {
  kind: 'map';
  item: Shape;
}
export interface ListMapShape {
  kind: 'listMap';
  item: Shape;
  keys: readonly KeyField[];
}
export interface SetShape {
  kind: 'set';
}
/** Free data: objects are granular, all else is a leaf. */
export interface DeducedShape {
  kind: 'deduced';
}

export interface KeyField {
  name: string;
  /** `"name":` */
  label: string;
  default: unknown;
  required: boolean;
}

export interface Member {
  /** `f:<name>`. */
  element: string;
  shape: Shape;
  /** Go's empty object has it already, as an empty struct or as null. */
  startsEmpty: boolean;
}

const LEAF_SHAPE: LeafShape = { kind: 'leaf' };
const SET_SHAPE: SetShape = { kind: 'set' };
export const DEDUCED_SHAPE: DeducedShape = { kind: 'deduced' };

export class StructShape {
  readonly kind = 'struct';
  private readonly members = new Map<string, Member>();

  constructor(readonly definition: Definition) {}

  member(name: string): Member {
    const known = this.members.get(name);
    if (known !== undefined) return known;
    const field = this.definition.fields.get(name);
    const shape = field === undefined ? DEDUCED_SHAPE : shapeOfField(field);
    const made = { element: `f:${name}`, shape, startsEmpty: field !== undefined && startsEmpty(this.definition, name) };
    // What the schema does not know may have any name, and is not worth keeping.
    if (field !== undefined) this.members.set(name, made);
    return made;
  }

  declares(name: string): boolean {
    return this.definition.fields.has(name);
  }
}

const structs = new WeakMap<Definition, StructShape>();

export function structShape(of: Definition): StructShape {
  const known = structs.get(of);
  if (known !== undefined) return known;
  const made = new StructShape(of);
  structs.set(of, made);
  return made;
}

function shapeOfField(field: Field): Shape {
  const { type, listType, mapType } = field;
  if (mapType === 'atomic') return LEAF_SHAPE;
  if (type.kind === 'list') {
    if (listType === 'set') return SET_SHAPE;
    return listType === 'map' ? { kind: 'listMap', item: shapeOfType(type.item), keys: keyFields(type.item, field.listMapKeys ?? []) } : LEAF_SHAPE;
  }
  return shapeOfType(type, mapType === 'granular');
}

function shapeOfType(type: FieldType, granular = false): Shape {
  switch (type.kind) {
    case 'scalar':
      return type.scalar === 'any' || (type.scalar === 'object' && granular) ? DEDUCED_SHAPE : LEAF_SHAPE;
    case 'map':
      return { kind: 'map', item: shapeOfType(type.item) };
    case 'list':
      return LEAF_SHAPE;
    default: {
      const of = definitionOf(type);
      return of.mapType === 'atomic' && !granular ? LEAF_SHAPE : structShape(of);
    }
  }
}

export const definitionOf = (type: FieldType & { kind: 'ref' | 'inline' }): Definition =>
  type.kind === 'ref' ? definition(type.name) : type.definition;

export function keyFields(item: FieldType, names: readonly string[]): KeyField[] {
  const of = item.kind === 'ref' || item.kind === 'inline' ? definitionOf(item) : undefined;
  return [...names].sort().map((name) => ({
    name,
    label: `${JSON.stringify(name)}:`,
    default: of?.fields.get(name)?.default,
    required: of?.required.includes(name) ?? true,
  }));
}
