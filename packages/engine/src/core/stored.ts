import type { KubeObject } from './object.ts';

/**
 * One object at rest, as text and as value; each is made from the other when first asked for and then kept.
 * LIST and WATCH write the text, controllers read the value, and a cold cluster parses only what is touched.
 */
export class Stored {
  private text: string | undefined;
  private value: KubeObject | undefined;
  /** Fields that are the very same as in the version before: their text is made once and used again. */
  private kept: readonly string[] = [];
  /** Under what the object is indexed, once somebody asked. */
  private entries: readonly string[] | undefined;

  private constructor(
    text: string | undefined,
    value: KubeObject | undefined,
    /** The revision of the write that made this version. */
    readonly revision: number,
  ) {
    this.text = text;
    this.value = value;
  }

  /** @param before the version that this one replaces, if there is one */
  static ofObject(object: KubeObject, revision: number, before?: KubeObject): Stored {
    const stored = new Stored(undefined, object, revision);
    if (before) stored.kept = Object.keys(object).filter((field) => isObject(object[field]) && object[field] === before[field]);
    return stored;
  }

  static ofJson(json: string, revision: number): Stored {
    return new Stored(json, undefined, revision);
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

  get json(): string {
    this.text ??= this.kept.length === 0 ? JSON.stringify(this.value) : assembled(this.value as KubeObject, this.kept);
    return this.text;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const texts = new WeakMap<object, string>();

function textOf(value: object): string {
  let text = texts.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    texts.set(value, text);
  }
  return text;
}

/** What JSON.stringify gives, with the fields that did not change taken from where they were written before. */
function assembled(object: KubeObject, kept: readonly string[]): string {
  const parts: string[] = [];
  for (const field of Object.keys(object)) {
    const text: string | undefined = kept.includes(field) ? textOf(object[field]) : JSON.stringify(object[field]);
    if (text !== undefined) parts.push(`${JSON.stringify(field)}:${text}`);
  }
  return `{${parts.join(',')}}`;
}
