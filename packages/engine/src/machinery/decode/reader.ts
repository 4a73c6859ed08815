import { type Definition, definition, type Field, type FieldType, type Scalar } from '@vivakube/schema';
import { setOwn } from '../../core/json.ts';
import { DOCUMENT_DEPTH_MAX } from '../../core/limits.ts';
import { goQuote } from '../field.ts';
import { DecodeError } from './decodeError.ts';
import { duplicateFields, fieldPath } from './duplicates.ts';
import { goItemName, goStructName, goTypeName } from './goNames.ts';
import { readScalar } from './scalars.ts';
import { TOO_DEEP } from './syntax.ts';

export interface Decoded {
  value: unknown;
  /** What strict decoding finds: unknown and duplicate fields, in the order of the text, at most 100. */
  strict: string[];
}

const STRICT_ERRORS_MAX = 100;

/** Decodes a valid JSON text. Models sigs.k8s.io/json: case-sensitive, the first mismatch is reported when all is read. */
export function readTyped(text: string, type: Definition): Decoded {
  const reader = new Reader(text);
  const value = reader.document(type);
  if (reader.mismatch !== undefined) throw new DecodeError(reader.mismatch);
  return { value: value ?? {}, strict: reader.strict };
}

/** A list or map that is empty says no more than its absence. */
const isEmpty = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value as object) return false;
  return true;
};

export class Reader {
  at = 0;
  mismatch: string | undefined;
  readonly strict: string[] = [];
  private depth = 0;
  private loose = false;
  private struct = '';
  /** Names of the struct fields from the root, as type errors print them. */
  private readonly fields: string[] = [];
  /** The same with list indexes and map keys, as strict errors print them. */
  private readonly path: (string | number)[] = [];

  constructor(readonly text: string) {}

  document(type: Definition): unknown {
    this.space();
    return this.value({ kind: 'inline', definition: type }, undefined);
  }

  /** undefined stands for null, and for a value that did not fit. */
  value(type: FieldType, named: string | undefined): unknown {
    if (this.loose && !this.fits(type)) return this.kept();
    if (type.kind === 'scalar') return readScalar(this, type.scalar, named);
    const first = this.text.charCodeAt(this.at);
    if (first === 0x6e) {
      this.at += 4;
      return undefined;
    }
    if (first === 0x7b) {
      if (type.kind === 'map') return this.nested(() => this.map(type.item, goItemName(named)));
      if (type.kind === 'list') return this.refuse('object', goTypeName(type, named));
      return this.nested(() => this.structure(type.kind === 'ref' ? definition(type.name) : type.definition));
    }
    if (first === 0x5b) {
      if (type.kind !== 'list') return this.refuse('array', goTypeName(type, named));
      return this.nested(() => this.list(type.item, goItemName(named)));
    }
    return this.refuse(this.kindOfScalar(), goTypeName(type, named));
  }

  /** Whether a value of a loose definition is of the shape that says which of its fields are known. */
  private fits(type: FieldType): boolean {
    return type.kind === 'ref' || (type.kind !== 'scalar' && this.text[this.at] === (type.kind === 'list' ? '[' : '{'));
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > DOCUMENT_DEPTH_MAX) throw new DecodeError(TOO_DEEP);
    const value = read();
    this.depth--;
    return value;
  }

  private structure(type: Definition): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    const seen = new Set<string>();
    const outer = this.struct;
    const outerLoose = this.loose;
    this.loose = type.loose === true;
    this.struct = goStructName(type.name);
    this.eachKey((key) => {
      const field = type.fields.get(key);
      this.path.push(key);
      if (field === undefined) {
        if (type.preserveUnknown) {
          if (seen.has(key)) this.reportStrict('duplicate');
          seen.add(key);
          setOwn(out, key, this.kept());
        } else {
          this.reportStrict('unknown');
          this.skip();
        }
      } else {
        if (seen.has(key)) this.reportStrict('duplicate');
        seen.add(key);
        this.fields.push(key);
        this.struct = goStructName(type.name);
        this.field(out, key, field, type);
        this.fields.pop();
      }
      this.path.pop();
    });
    this.struct = outer;
    this.loose = outerLoose;
    return out;
  }

  private field(out: Record<string, unknown>, key: string, field: Field, type: Definition): void {
    const value = this.value(field.type, field.goType);
    if (value === undefined || this.omits(value, field, key, type)) delete out[key];
    else out[key] = value;
  }

  /** Models `omitempty`: what Go would not write again. */
  private omits(value: unknown, field: Field, key: string, type: Definition): boolean {
    if (type.loose || type.required.includes(key)) return false;
    if (field.type.kind === 'list' || field.type.kind === 'map') return isEmpty(value);
    return field.type.kind === 'scalar' && !field.pointer && isZero(value, field.type.scalar);
  }

  private map(item: FieldType, named: string | undefined): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    const seen = new Set<string>();
    this.eachKey((key) => {
      this.path.push(key);
      if (seen.has(key)) this.reportStrict('duplicate');
      seen.add(key);
      const value = this.value(item, named);
      setOwn(out, key, value === undefined ? zeroOf(item) : value);
      this.path.pop();
    });
    return out;
  }

  private list(item: FieldType, named: string | undefined): unknown[] {
    const out: unknown[] = [];
    this.at++;
    this.space();
    while (this.text.charCodeAt(this.at) !== 0x5d) {
      this.path.push(out.length);
      const value = this.value(item, named);
      out.push(value === undefined ? zeroOf(item) : value);
      this.path.pop();
      this.space();
      if (this.text.charCodeAt(this.at) === 0x2c) this.at++;
      this.space();
    }
    this.at++;
    return out;
  }

  private eachKey(visit: (key: string) => void): void {
    this.at++;
    this.space();
    while (this.text.charCodeAt(this.at) !== 0x7d) {
      const key = this.string();
      this.space();
      this.at++;
      this.space();
      visit(key);
      this.space();
      if (this.text.charCodeAt(this.at) === 0x2c) this.at++;
      this.space();
    }
    this.at++;
  }

  private note(message: string): void {
    if (this.strict.length < STRICT_ERRORS_MAX && !this.strict.includes(message)) this.strict.push(message);
  }

  private reportStrict(what: 'unknown' | 'duplicate'): void {
    this.note(`${what} field ${goQuote(fieldPath(this.path))}`);
  }

  /** Notes a value of the wrong type, and reads past it. */
  refuse(found: string, wanted: string): undefined {
    this.mismatch ??= this.mismatchText(found, wanted);
    this.skip();
    return undefined;
  }

  mismatchText(found: string, wanted: string): string {
    const where = this.fields.length === 0 ? 'Go value' : `Go struct field ${this.struct}.${this.fields.join('.')}`;
    return `json: cannot unmarshal ${found} into ${where} of type ${wanted}`;
  }

  /** What Go calls the value ahead. */
  kindOfScalar(): string {
    switch (this.text[this.at]) {
      case '"':
        return 'string';
      case 't':
      case 'f':
        return 'bool';
      case '{':
        return 'object';
      case '[':
        return 'array';
      default:
        return 'number';
    }
  }

  space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  string(): string {
    const from = this.at;
    this.skipString();
    const inner = this.text.slice(from + 1, this.at - 1);
    if (!inner.includes('\\')) return inner;
    const value = JSON.parse(this.text.slice(from, this.at)) as string;
    // Go replaces half a surrogate pair.
    return /\\u[dD]/.test(inner) ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value;
  }

  /** The text of the value ahead, as it stands. */
  source(): string {
    const from = this.at;
    this.skip();
    return this.text.slice(from, this.at);
  }

  /** The value ahead, whatever it is. */
  raw(): unknown {
    return JSON.parse(this.source());
  }

  /** The same of a custom resource, which is strict about what it does not know, too. */
  private kept(): unknown {
    const source = this.source();
    if (source.includes('{')) for (const message of duplicateFields(source, this.path)) this.note(message);
    return JSON.parse(source);
  }

  skip(): void {
    let open = 0;
    do {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) this.skipString();
      else if (code === 0x7b || code === 0x5b) {
        this.at++;
        if (this.depth + ++open > DOCUMENT_DEPTH_MAX) throw new DecodeError(TOO_DEEP);
      } else if (code === 0x7d || code === 0x5d) {
        this.at++;
        open--;
      } else if (code === 0x2c || code === 0x3a || code <= 0x20) this.at++;
      else this.skipWord();
    } while (open > 0);
  }

  private skipString(): void {
    for (let end = this.at; ; ) {
      end = this.text.indexOf('"', end + 1);
      let slashes = 0;
      while (this.text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
      if (slashes % 2 === 0) {
        this.at = end + 1;
        return;
      }
    }
  }

  /** A number, true, false or null. */
  private skipWord(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code) || code <= 0x20 || code === 0x2c || code === 0x7d || code === 0x5d) return;
      this.at++;
    }
  }
}

function isZero(value: unknown, scalar: Scalar): boolean {
  if (scalar === 'intOrString' || scalar === 'any' || scalar === 'object' || scalar === 'quantity') return false;
  return value === '' || value === 0 || value === false;
}

/** What Go puts where a list or map holds null. */
function zeroOf(type: FieldType): unknown {
  switch (type.kind) {
    case 'list':
      return [];
    case 'scalar':
      return ZEROS[type.scalar];
    default:
      return {};
  }
}

const ZEROS: Record<Scalar, unknown> = {
  string: '',
  boolean: false,
  int32: 0,
  int64: 0,
  double: 0,
  bytes: '',
  time: null,
  microtime: null,
  quantity: '0',
  intOrString: 0,
  object: null,
  any: null,
};
