import { type Definition, definition, type FieldType, type Scalar } from '@vivakube/schema';
import { BOOL, BYTES, type CelType, DOUBLE, DYN, escapeName, INT, listOf, mapOf, STRING, TIMESTAMP } from '../cel/index.ts';
import type { KindDefinition } from '../kind.ts';

const SCALARS: Record<Scalar, CelType> = {
  string: STRING,
  boolean: BOOL,
  int32: INT,
  int64: INT,
  double: DOUBLE,
  bytes: BYTES,
  time: TIMESTAMP,
  microtime: TIMESTAMP,
  quantity: DYN,
  intOrString: DYN,
  object: DYN,
  any: DYN,
};

const made = new WeakMap<Definition, CelType>();

/** A definition may lead back to itself, so its fields are filled in after it is known. */
function objectType(from: Definition): CelType {
  const known = made.get(from);
  if (known) return known;
  if (from.preserveUnknown) return DYN;
  const fields = new Map<string, CelType>();
  const type: CelType = { kind: 'object', name: from.name, fields };
  made.set(from, type);
  for (const [name, field] of from.fields) {
    const escaped = escapeName(name);
    if (escaped !== undefined) fields.set(escaped, fieldType(field.type));
  }
  return type;
}

function fieldType(type: FieldType): CelType {
  switch (type.kind) {
    case 'scalar':
      return SCALARS[type.scalar];
    case 'list':
      return listOf(fieldType(type.item));
    case 'map':
      return mapOf(STRING, fieldType(type.item));
    case 'ref':
      return objectType(definition(type.name));
    case 'inline':
      return objectType(type.definition);
  }
}

/** What the checker knows of a kind's objects. */
export const typeOfKind = (kind: KindDefinition): CelType => objectType(kind.definition ?? definition(kind.schema));
