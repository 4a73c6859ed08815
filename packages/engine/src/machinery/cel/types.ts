/** What the checker knows of a value. `dyn` is anything; a parameter stands for the same type wherever a signature repeats it. */
export type CelType =
  | { kind: 'dyn' }
  | { kind: 'simple'; name: string }
  | { kind: 'list'; item: CelType; semantics?: ListSemantics }
  | { kind: 'map'; key: CelType; value: CelType }
  | { kind: 'object'; name: string; fields: ReadonlyMap<string, CelType> }
  | { kind: 'optional'; item: CelType }
  | { kind: 'parameter'; name: string };

/** Lists that are compared without regard to order, as x-kubernetes-list-type says. */
export interface ListSemantics {
  type: 'set' | 'map';
  keys: readonly string[];
}

const simple = (name: string): CelType => ({ kind: 'simple', name });

export const DYN: CelType = { kind: 'dyn' };
export const INT = simple('int');
export const UINT = simple('uint');
export const DOUBLE = simple('double');
export const STRING = simple('string');
export const BOOL = simple('bool');
export const BYTES = simple('bytes');
export const NULL = simple('null');
export const DURATION = simple('duration');
export const TIMESTAMP = simple('timestamp');
export const TYPE = simple('type');
export const listOf = (item: CelType, semantics?: ListSemantics): CelType => ({ kind: 'list', item, ...(semantics ? { semantics } : {}) });
export const mapOf = (key: CelType, value: CelType): CelType => ({ kind: 'map', key, value });
export const optionalOf = (item: CelType): CelType => ({ kind: 'optional', item });

/** How cel-go prints a type. Models common/types/format.go. */
export function typeText(type: CelType): string {
  switch (type.kind) {
    case 'dyn':
      return 'dyn';
    case 'list':
      return `list(${typeText(type.item)})`;
    case 'map':
      return `map(${typeText(type.key)}, ${typeText(type.value)})`;
    case 'optional':
      return `optional_type(${typeText(type.item)})`;
    default:
      return type.name;
  }
}

export type Bindings = Map<string, CelType>;

/** Whether a value of a type may stand where another is wanted; parameters are bound on the way. */
export function assignable(wanted: CelType, given: CelType, bindings: Bindings): boolean {
  if (wanted.kind === 'parameter') {
    const bound = bindings.get(wanted.name);
    if (bound === undefined || (bound.kind === 'dyn' && given.kind !== 'dyn')) {
      bindings.set(wanted.name, given);
      return true;
    }
    return assignable(bound, given, bindings) || assignable(given, bound, bindings);
  }
  if (wanted.kind === 'dyn' || given.kind === 'dyn') return true;
  // What may be missing in JSON may be compared with null.
  if (given === NULL || wanted === NULL)
    return given === wanted || [given, wanted].some(({ kind }) => kind === 'object' || kind === 'map' || kind === 'list');
  switch (wanted.kind) {
    case 'simple':
      return given.kind === 'simple' && given.name === wanted.name;
    case 'list':
      return given.kind === 'list' && assignable(wanted.item, given.item, bindings);
    case 'map':
      return given.kind === 'map' && assignable(wanted.key, given.key, bindings) && assignable(wanted.value, given.value, bindings);
    case 'optional':
      return given.kind === 'optional' && assignable(wanted.item, given.item, bindings);
    case 'object':
      return given.kind === 'object' && given.name === wanted.name;
  }
}

export function substitute(type: CelType, bindings: Bindings): CelType {
  switch (type.kind) {
    case 'parameter':
      return bindings.get(type.name) ?? DYN;
    case 'list':
      return listOf(substitute(type.item, bindings), type.semantics);
    case 'map':
      return mapOf(substitute(type.key, bindings), substitute(type.value, bindings));
    case 'optional':
      return optionalOf(substitute(type.item, bindings));
    default:
      return type;
  }
}

/** The type of either of two values. */
export function joined(a: CelType, b: CelType): CelType {
  if (a === NULL) return b;
  if (b === NULL) return a;
  return a.kind !== 'dyn' && b.kind !== 'dyn' && assignable(a, b, new Map()) ? a : DYN;
}

const SIMPLE = new Map([INT, UINT, DOUBLE, STRING, BOOL, BYTES, NULL, DURATION, TIMESTAMP, TYPE].map((type) => [typeText(type), type]));

/** `list<string>`, `map<K, V>`, `optional<T>`, `int`; one capital letter is a parameter, any other word a type of a library. */
export function parseType(text: string): CelType {
  const open = text.indexOf('<');
  if (open < 0) {
    if (text === 'dyn') return DYN;
    if (/^[A-Z]$/.test(text)) return { kind: 'parameter', name: text };
    const known = SIMPLE.get(text) ?? simple(text);
    SIMPLE.set(text, known);
    return known;
  }
  const inner = splitTypes(text.slice(open + 1, -1)).map(parseType) as [CelType, CelType];
  switch (text.slice(0, open)) {
    case 'list':
      return listOf(inner[0]);
    case 'optional':
      return optionalOf(inner[0]);
    default:
      return mapOf(inner[0], inner[1]);
  }
}

export function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '<') depth++;
    else if (text[i] === '>') depth--;
    else if (i === text.length || (text[i] === ',' && depth === 0)) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return parts.filter((part) => part !== '');
}
