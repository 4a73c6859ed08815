/** What is known of things that only one writer writes: what each may be now. */
export class Ledger {
  private readonly possible = new Map<string, Set<string | undefined>>();
  acknowledged = 0;
  unanswered = 0;

  names(): Iterable<string> {
    return this.possible.keys();
  }

  may(name: string): ReadonlySet<string | undefined> {
    return this.possible.get(name) ?? new Set([undefined]);
  }

  /** It was done: nothing else can be there from now on. */
  done(name: string, value: string | undefined): void {
    this.acknowledged++;
    this.possible.set(name, new Set([value]));
  }

  /** Nobody knows whether it was done. */
  unknown(name: string, value: string | undefined): void {
    this.unanswered++;
    this.possible.set(name, new Set([...this.may(name), value]));
  }

  /** What was read is what is there. */
  seen(name: string, value: string | undefined): void {
    const may = this.may(name);
    if (!may.has(value)) throw new Error(`${name} is ${text(value)}, and can only be ${[...may].map(text).join(' or ')}`);
    this.possible.set(name, new Set([value]));
  }
}

const text = (value: string | undefined): string => (value === undefined ? 'gone' : JSON.stringify(value));
