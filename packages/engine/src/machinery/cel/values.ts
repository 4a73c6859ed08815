import type { Quantity } from '../decode/quantity.ts';
import { CelError } from './problem.ts';
import type { CelType, ListSemantics } from './types.ts';

/** int is a bigint, double a number; everything that JSON has no word for is a class of its own. */
export type Value =
  | bigint
  | number
  | string
  | boolean
  | null
  | Uint
  | Uint8Array
  | Duration
  | Timestamp
  | Optional
  | TypeValue
  | Opaque
  | CelMap
  | readonly Value[];

export class Uint {
  constructor(readonly value: bigint) {}
}
/** Nanoseconds. */
export class Duration {
  constructor(readonly nanos: bigint) {}
}
/** Nanoseconds since the epoch. */
export class Timestamp {
  constructor(readonly nanos: bigint) {}
}
export class Optional {
  constructor(readonly value: Value | undefined) {}
}
export const NONE = new Optional(undefined);
export class TypeValue {
  constructor(readonly name: string) {}
}
const TYPE_NAMES = ['int', 'uint', 'double', 'string', 'bool', 'bytes', 'list', 'map', 'null_type', 'type', 'optional_type'];
const TYPE_VALUES = new Map(TYPE_NAMES.map((name) => [name, new TypeValue(name)]));
/** What the name of a type stands for in an expression. */
export const typeNamed = (name: string): TypeValue | undefined => TYPE_VALUES.get(name);

/** A value of a library: `net.IP`, `kubernetes.Quantity`. Equal where its text is. */
export class Opaque {
  constructor(
    readonly type: string,
    readonly text: string,
    readonly data: unknown,
  ) {}
}

export const quantityOf = (value: Opaque): Quantity => value.data as Quantity;

/** What maps and objects have in common. */
export interface CelMap {
  readonly isMap: true;
  readonly size: number;
  get: (key: Value) => Value | undefined;
  keys: () => Value[];
}

export const isMap = (value: Value): value is CelMap => typeof value === 'object' && value !== null && 'isMap' in value;
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const semantics = new WeakMap<readonly Value[], ListSemantics>();
export const semanticsOf = (list: readonly Value[]): ListSemantics | undefined => semantics.get(list);
export function withSemantics(list: readonly Value[], given: ListSemantics | undefined): readonly Value[] {
  if (given) semantics.set(list, given);
  return list;
}

/** Keys that are equal in CEL get the same text. */
const keyText = (key: Value): string => {
  if (typeof key === 'string') return `s${key}`;
  if (typeof key === 'boolean') return `b${key}`;
  if (typeof key === 'bigint') return `n${key}`;
  if (key instanceof Uint) return `n${key.value}`;
  if (typeof key === 'number' && Number.isInteger(key)) return `n${BigInt(key)}`;
  throw new CelError(`unsupported key type: ${typeName(key)}`);
};

export class LiteralMap implements CelMap {
  readonly isMap = true;
  private readonly entries = new Map<string, [Value, Value]>();

  constructor(entries: readonly (readonly [Value, Value])[]) {
    for (const [key, value] of entries) {
      const text = keyText(key);
      if (this.entries.has(text)) throw new CelError(`insert failed: key ${show(key)} already exists`);
      this.entries.set(text, [key, value]);
    }
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: Value): Value | undefined {
    return this.entries.get(keyText(key))?.[1];
  }

  keys(): Value[] {
    return [...this.entries.values()].map(([key]) => key);
  }
}

/** An object of a type that an expression named: `Object.metadata{labels: {}}`. */
export class Message implements CelMap {
  readonly isMap = true;

  constructor(
    readonly type: string,
    readonly fields: ReadonlyMap<string, Value>,
  ) {}

  get size(): number {
    return this.fields.size;
  }

  get(key: Value): Value | undefined {
    return typeof key === 'string' ? this.fields.get(key) : undefined;
  }

  keys(): Value[] {
    return [...this.fields.keys()];
  }
}

/** The name of a value's type, as `type()` and errors print it. */
export function typeName(value: Value): string {
  if (value === null) return 'null_type';
  switch (typeof value) {
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
  }
  if (isList(value)) return 'list';
  if (value instanceof Message) return value.type;
  if (isMap(value)) return 'map';
  if (value instanceof Uint) return 'uint';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Duration) return 'google.protobuf.Duration';
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp';
  if (value instanceof Optional) return 'optional_type';
  if (value instanceof TypeValue) return 'type';
  return (value as Opaque).type;
}

const SIMPLE: Record<string, (value: Value) => boolean> = {
  int: (value) => typeof value === 'bigint',
  uint: (value) => value instanceof Uint,
  double: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  bytes: (value) => value instanceof Uint8Array,
  null: (value) => value === null,
  duration: (value) => value instanceof Duration,
  timestamp: (value) => value instanceof Timestamp,
  type: (value) => value instanceof TypeValue,
};

/** Whether values are of a type of a signature, as far as that shows without looking inside. */
export function testerOf(type: CelType): (value: Value) => boolean {
  switch (type.kind) {
    case 'dyn':
    case 'parameter':
      return () => true;
    case 'list':
      return isList;
    case 'map':
    case 'object':
      return (value) => value !== null && isMap(value);
    case 'optional':
      return (value) => value instanceof Optional;
    case 'simple':
      return SIMPLE[type.name] ?? ((value) => value instanceof Opaque && value.type === type.name);
  }
}

/** A value as an error names it. */
export function show(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint) return String(value.value);
  return typeof value === 'object' ? typeName(value) : String(value);
}
