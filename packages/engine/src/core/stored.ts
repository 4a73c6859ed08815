import type { KubeObject } from './object.ts';
import { whole } from './text.ts';

/** How index entries begin that name an owner; see `Indexer`. */
const OWNER_ENTRY = '*|owner|';

/**
 * One object at rest, as text and as value; each is made from the other when first asked for and then kept.
 * LIST and WATCH write the text, controllers read the value, and a cold cluster parses only what is touched.
 */
export class Stored {
  private text: string | undefined;
  private value: KubeObject | undefined;
  private kept: Kept | undefined;
  /** Under what the object is indexed, once somebody asked. */
  private entries: readonly string[] | undefined;
  /** What somebody found out about the object or knew from the start; the kind of it decides what that is. */
  facts: object | undefined;

  private constructor(
    text: string | undefined,
    value: KubeObject | undefined,
    /** The revision of the write that made this version. */
    readonly revision: number,
  ) {
    this.text = text;
    this.value = value;
  }

  /** @param like an object that this one may share parts with: the version that it replaces, or one made of the same template */
  static ofObject(object: KubeObject, revision: number, like?: KubeObject): Stored {
    const stored = new Stored(undefined, object, revision);
    if (like) stored.kept = partsKept(object, like, KEPT_DEPTH);
    return stored;
  }

  static ofJson(json: string, revision: number): Stored {
    return new Stored(json, undefined, revision);
  }

  /**
   * Of an object that was never anything but text.
   * @param facts what its writer knows of it, so that nobody has to parse the text for that
   */
  static written(json: string, revision: number, entries: readonly string[], facts: object): Stored {
    const stored = new Stored(json, undefined, revision);
    stored.entries = entries;
    stored.facts = facts;
    return stored;
  }

  /** Never change what this returns: it is shared by every reader. */
  get object(): KubeObject {
    this.value ??= JSON.parse(this.text as string) as KubeObject;
    return this.value;
  }

  /** @param indexer always the same one */
  indexEntries(key: string, indexer: (key: string, object: KubeObject) => readonly string[]): readonly string[] {
    this.entries ??= indexer(key, this.object);
    return this.entries;
  }

  /** Whether the object names an owner. Answered without parsing where it is known how it is indexed. */
  get isOwned(): boolean {
    return this.entries ? this.entries.some((entry) => entry.startsWith(OWNER_ENTRY)) : this.object.metadata.ownerReferences !== undefined;
  }

  get json(): string {
    this.text ??= this.kept ? whole(assembled(this.value as KubeObject, this.kept)) : JSON.stringify(this.value);
    return this.text;
  }
}

/** Parts that are the very same as in another object, or hold such: their text is made once and used again. */
type Kept = ReadonlyMap<string, Kept | 'whole'>;

/** Fields, what is in a spec or a status, and what is in a template. */
const KEPT_DEPTH = 2;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isMap = (value: unknown): value is Record<string, unknown> => isObject(value) && !Array.isArray(value);

function partsKept(object: Record<string, unknown>, like: Record<string, unknown>, depth: number): Kept | undefined {
  let kept: Map<string, Kept | 'whole'> | undefined;
  for (const field of Object.keys(object)) {
    const value = object[field];
    if (!isObject(value)) continue;
    const other = Object.hasOwn(like, field) ? like[field] : undefined;
    const isWhole = value === other || interned.has(value);
    const part = isWhole ? 'whole' : depth > 1 && isMap(value) && isMap(other) ? partsKept(value, other, depth - 1) : undefined;
    if (part === undefined) continue;
    kept ??= new Map();
    kept.set(field, part);
  }
  return kept;
}

const texts = new WeakMap<object, string>();

/** Values that are shared by many objects which are not made of each other. */
const interned = new WeakSet<object>();

export const isInterned = (value: object): boolean => interned.has(value);

/** Marks a value as one that will be found in many objects: its text is made once. */
export function intern<T extends object>(value: T): T {
  interned.add(value);
  return value;
}

function textOf(value: object): string {
  let text = texts.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    texts.set(value, text);
  }
  return text;
}

/** What JSON.stringify gives, with the parts that did not change taken from where they were written before. */
function assembled(object: Record<string, unknown>, kept: Kept): string {
  let out = '';
  for (const field of Object.keys(object)) {
    const value = object[field];
    const part = kept.get(field);
    const text =
      part === undefined ? JSON.stringify(value) : part === 'whole' ? textOf(value as object) : assembled(value as Record<string, unknown>, part);
    if (text !== undefined) out += `${out === '' ? '' : ','}${JSON.stringify(field)}:${text}`;
  }
  return `{${out}}`;
}
