import { parseDuration, parseTimestamp } from './library/time-text.ts';
import { unescapeName } from './names.ts';
import { CelError } from './problem.ts';
import { BYTES, type CelType, DOUBLE, DURATION, DYN, TIMESTAMP } from './types.ts';
import { type CelMap, type Value, withSemantics } from './values.ts';

/** An object of JSON, whose parts become values when somebody asks for them. */
class JsonMap implements CelMap {
  readonly isMap = true;
  /** Lists and objects that somebody has asked for: they are asked for again and again. */
  private readonly made = new Map<string, Value>();

  constructor(
    readonly data: Readonly<Record<string, unknown>>,
    private readonly type: CelType,
  ) {}

  get size(): number {
    return Object.keys(this.data).length;
  }

  get(key: Value): Value | undefined {
    if (typeof key !== 'string') return undefined;
    const name = this.nameOf(key);
    if (name === undefined) return undefined;
    const data = this.data[name];
    if (data === undefined || data === null || typeof data !== 'object') return data === undefined ? undefined : fromJson(data, this.typeOf(key));
    const value = this.made.get(name) ?? fromJson(data, this.typeOf(key));
    this.made.set(name, value);
    return value;
  }

  keys(): Value[] {
    return Object.keys(this.data);
  }

  /** Fields of objects are written with escapes, keys of maps as they are. */
  private nameOf(key: string): string | undefined {
    if (this.type.kind !== 'object' && Object.hasOwn(this.data, key)) return key;
    const name = this.type.kind === 'map' ? key : unescapeName(key);
    return Object.hasOwn(this.data, name) ? name : undefined;
  }

  private typeOf(key: string): CelType {
    if (this.type.kind === 'map') return this.type.value;
    return this.type.kind === 'object' ? (this.type.fields.get(key) ?? DYN) : DYN;
  }
}

/** What a JSON value is in an expression, given what its schema says. */
export function fromJson(value: unknown, type: CelType): Value {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return type === DOUBLE || !Number.isInteger(value) ? value : BigInt(value);
    case 'string':
      return fromText(value, type);
  }
  if (Array.isArray(value)) {
    const item = type.kind === 'list' ? type.item : DYN;
    const items = value.map((each) => fromJson(each, item));
    return withSemantics(items, type.kind === 'list' ? type.semantics : undefined);
  }
  return new JsonMap(value as Record<string, unknown>, type);
}

function fromText(text: string, type: CelType): Value {
  if (type === DURATION) return orText(parseDuration(text), text);
  if (type === TIMESTAMP) return orText(parseTimestamp(text), text);
  return type === BYTES ? decodeBase64(text) : text;
}

const orText = (value: Value | undefined, text: string): Value => value ?? text;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBase64(text: string): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const ch of text.replace(/[=\s]+/g, '')) {
    const value = ALPHABET.indexOf(ch);
    if (value < 0) throw new CelError('illegal base64 data');
    bits = (bits << 6) | value;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out.push((bits >> held) & 0xff);
    bits &= (1 << held) - 1;
  }
  return Uint8Array.from(out);
}
