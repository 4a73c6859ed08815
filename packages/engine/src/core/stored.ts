import type { KubeObject } from './object.ts';

/**
 * One object at rest, as text and as value; each is made from the other when first asked for and then kept.
 * LIST and WATCH write the text, controllers read the value, and a cold cluster parses only what is touched.
 */
export class Stored {
  private text: string | undefined;
  private value: KubeObject | undefined;

  private constructor(
    text: string | undefined,
    value: KubeObject | undefined,
    /** The revision of the write that made this version. */
    readonly revision: number,
  ) {
    this.text = text;
    this.value = value;
  }

  static ofObject(object: KubeObject, revision: number): Stored {
    return new Stored(undefined, object, revision);
  }

  static ofJson(json: string, revision: number): Stored {
    return new Stored(json, undefined, revision);
  }

  /** Never change what this returns: it is shared by every reader. */
  get object(): KubeObject {
    this.value ??= JSON.parse(this.text as string) as KubeObject;
    return this.value;
  }

  get json(): string {
    this.text ??= JSON.stringify(this.value);
    return this.text;
  }
}
