import {
  type Assertion,
  anything,
  type Chars,
  exactly,
  folded,
  noNewline,
  not,
  oneOf,
  PERL,
  POSIX,
  type Regex,
  RegexError,
  range,
  unicodeClass,
} from './syntax.ts';

interface Flags {
  fold: boolean;
  multiline: boolean;
  dotAll: boolean;
  swapGreed: boolean;
}

const REPEAT_MAX = 1000;
const DEPTH_MAX = 200;
const CONTROL: Record<string, number> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
const EMPTY: Regex = { kind: 'empty' };

/** Reads the syntax of RE2, which Go's regexp has. Models regexp/syntax/parse.go. */
class Parser {
  private at = 0;
  private depth = 0;
  private readonly chars: string[];

  constructor(private readonly source: string) {
    this.chars = [...source];
  }

  whole(): Regex {
    const regex = this.choice({ fold: false, multiline: false, dotAll: false, swapGreed: false });
    if (this.at < this.chars.length) throw new RegexError('unexpected )', this.source);
    return regex;
  }

  private get next(): string | undefined {
    return this.chars[this.at];
  }

  private take(text: string): boolean {
    if (
      !this.chars
        .slice(this.at, this.at + text.length)
        .join('')
        .startsWith(text)
    )
      return false;
    this.at += text.length;
    return true;
  }

  private rest(): string {
    return this.chars.slice(this.at).join('');
  }

  private choice(flags: Flags): Regex {
    if (++this.depth > DEPTH_MAX) throw new RegexError('expression nests too deeply', this.source);
    const own = { ...flags };
    const options = [this.sequence(own)];
    while (this.take('|')) options.push(this.sequence(own));
    this.depth--;
    return options.length === 1 ? (options[0] as Regex) : { kind: 'choice', options };
  }

  private sequence(flags: Flags): Regex {
    const parts: Regex[] = [];
    while (this.next !== undefined && this.next !== '|' && this.next !== ')') {
      const from = this.at;
      const atom = this.atom(flags);
      parts.push(this.repeated(atom, from, flags));
    }
    return parts.length === 1 ? (parts[0] as Regex) : { kind: 'sequence', parts };
  }

  private repeated(atom: Regex, from: number, flags: Flags): Regex {
    let regex = atom;
    for (let count = 0; ; count++) {
      const start = this.at;
      const bounds = this.bounds();
      if (bounds === undefined) return regex;
      const lazy = this.take('?') !== flags.swapGreed;
      const text = this.chars.slice(start, this.at).join('');
      if (count > 0) throw new RegexError('invalid nested repetition operator', this.chars.slice(from + 1, this.at).join(''));
      if (bounds.max !== Number.POSITIVE_INFINITY && (bounds.min > bounds.max || bounds.max > REPEAT_MAX))
        throw new RegexError('invalid repeat count', text);
      if (bounds.min > REPEAT_MAX) throw new RegexError('invalid repeat count', text);
      regex = { kind: 'repeat', part: regex, ...bounds, lazy };
    }
  }

  private bounds(): { min: number; max: number } | undefined {
    if (this.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.take('?')) return { min: 0, max: 1 };
    const counted = this.next === '{' ? /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.rest()) : null;
    if (counted === null) return undefined;
    this.at += counted[0].length;
    const min = Number(counted[1]);
    return { min, max: counted[2] === undefined ? min : counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3]) };
  }

  private atom(flags: Flags): Regex {
    const ch = this.chars[this.at++] as string;
    switch (ch) {
      case '(':
        return this.group(flags);
      case '[':
        return this.set(this.bracket(), flags);
      case '.':
        return { kind: 'chars', chars: flags.dotAll ? anything : noNewline };
      case '^':
        return this.assertion(flags.multiline ? 'line-start' : 'text-start');
      case '$':
        return this.assertion(flags.multiline ? 'line-end' : 'text-end');
      case '*':
      case '+':
      case '?':
        throw new RegexError('missing argument to repetition operator', ch);
      case '\\':
        return this.escape(flags);
      default:
        return this.set(exactly(ch.codePointAt(0) as number), flags);
    }
  }

  private assertion = (assertion: Assertion): Regex => ({ kind: 'assert', assertion });

  private set = (chars: Chars, flags: Flags): Regex => ({ kind: 'chars', chars: flags.fold ? folded(chars) : chars });

  private group(flags: Flags): Regex {
    if (this.take('?')) {
      const named = /^P?<([A-Za-z_]\w*)>/.exec(this.rest());
      if (named) this.at += named[0].length;
      else return this.flagged(flags);
    }
    return this.closed(this.choice(flags));
  }

  private closed(regex: Regex): Regex {
    if (!this.take(')')) throw new RegexError('missing closing )', this.source);
    return regex;
  }

  /** `(?i)` for what follows, `(?i:...)` for what it holds. */
  private flagged(flags: Flags): Regex {
    const found = /^([imsU]*)(?:-([imsU]+))?([:)])/.exec(this.rest());
    if (!found) throw new RegexError('invalid or unsupported Perl syntax', `(?${this.chars.slice(this.at, this.at + 1).join('')}`);
    this.at += found[0].length;
    const changed = found[3] === ')' ? flags : { ...flags };
    for (const [letters, value] of [
      [found[1] ?? '', true],
      [found[2] ?? '', false],
    ] as const) {
      if (letters.includes('i')) changed.fold = value;
      if (letters.includes('m')) changed.multiline = value;
      if (letters.includes('s')) changed.dotAll = value;
      if (letters.includes('U')) changed.swapGreed = value;
    }
    return found[3] === ')' ? EMPTY : this.closed(this.choice(changed));
  }

  private escape(flags: Flags): Regex {
    const ch = this.next;
    if (ch === undefined) throw new RegexError('trailing backslash at end of expression', '');
    const anchors: Record<string, Assertion> = { A: 'text-start', z: 'text-end', b: 'boundary', B: 'no-boundary' };
    if (Object.hasOwn(anchors, ch)) {
      this.at++;
      return this.assertion(anchors[ch] as Assertion);
    }
    if (ch === 'Q') return this.quoted(flags);
    return this.set(this.classEscape() ?? exactly(this.charEscape()), flags);
  }

  private quoted(flags: Flags): Regex {
    this.at++;
    const rest = this.rest();
    const end = rest.indexOf('\\E');
    const text = [...(end < 0 ? rest : rest.slice(0, end))];
    this.at += text.length + (end < 0 ? 0 : 2);
    return { kind: 'sequence', parts: text.map((ch) => this.set(exactly(ch.codePointAt(0) as number), flags)) };
  }

  /** `\d`, `\S`, `\pL`, `\P{Greek}`, after the backslash. */
  private classEscape(): Chars | undefined {
    const ch = this.next as string;
    if (Object.hasOwn(PERL, ch.toLowerCase())) {
      this.at++;
      const chars = PERL[ch.toLowerCase()] as Chars;
      return ch === ch.toLowerCase() ? chars : not(chars);
    }
    const found = /^([pP])(?:\{(\^?)([A-Za-z_]+)\}|([A-Z]))/.exec(this.rest());
    if (!found) return undefined;
    const name = found[3] ?? (found[4] as string);
    const chars = unicodeClass(name);
    if (!chars) throw new RegexError('invalid character class range', `\\${found[0]}`);
    this.at += found[0].length;
    return (found[1] === 'P') !== (found[2] === '^') ? not(chars) : chars;
  }

  private charEscape(): number {
    const ch = this.chars[this.at] as string;
    const hex = /^x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(this.rest());
    if (hex) {
      this.at += hex[0].length;
      return Number.parseInt(hex[1] ?? (hex[2] as string), 16);
    }
    const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(this.rest());
    if (octal) {
      this.at += octal[0].length;
      return Number.parseInt(octal[0], 8);
    }
    this.at++;
    if (Object.hasOwn(CONTROL, ch)) return CONTROL[ch] as number;
    const code = ch.codePointAt(0) as number;
    if (code >= 128 || /[A-Za-z0-9]/.test(ch)) throw new RegexError('invalid escape sequence', `\\${ch}`);
    return code;
  }

  private bracket(): Chars {
    const from = this.at - 1;
    const negated = this.take('^');
    const sets: Chars[] = [];
    for (let first = true; first || this.next !== ']'; first = false) {
      if (this.next === undefined) throw new RegexError('missing closing ]', this.chars.slice(from).join(''));
      sets.push(this.bracketItem());
    }
    this.at++;
    const chars = oneOf(...sets);
    return negated ? not(chars) : chars;
  }

  private bracketItem(): Chars {
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.rest());
    if (posix) {
      const chars = POSIX.get(posix[2] as string);
      if (!chars) throw new RegexError('invalid character class range', posix[0]);
      this.at += posix[0].length;
      return posix[1] === '^' ? not(chars) : chars;
    }
    const start = this.at;
    if (this.take('\\')) {
      const chars = this.next === undefined ? undefined : this.classEscape();
      if (chars) return chars;
      this.at--;
    }
    const low = this.bracketChar();
    if (this.next !== '-' || this.chars[this.at + 1] === ']' || this.chars[this.at + 1] === undefined) return exactly(low);
    this.at++;
    const high = this.bracketChar();
    if (high < low) throw new RegexError('invalid character class range', this.chars.slice(start, this.at).join(''));
    return range(low, high);
  }

  private bracketChar(): number {
    const ch = this.chars[this.at++];
    if (ch === undefined) throw new RegexError('missing closing ]', this.source);
    if (ch !== '\\') return ch.codePointAt(0) as number;
    if (this.next === undefined) throw new RegexError('trailing backslash at end of expression', '');
    return this.charEscape();
  }
}

export const parseRegex = (source: string): Regex => new Parser(source).whole();
