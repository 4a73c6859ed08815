import { DOCUMENT_DEPTH_MAX } from '../../core/limits.ts';

/** Models the errors of Go's encoding/json/scanner.go. Only a text that JSON.parse has refused comes here. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export const TOO_DEEP = 'exceeded max depth';

class SyntaxProblem extends Error {}

/** The message Go has for the first mistake in a text, or undefined if it finds none. */
export function goSyntaxError(body: Uint8Array): string | undefined {
  const scanner = new Scanner(body);
  try {
    scanner.document();
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return problem.message;
    throw problem;
  }
  return undefined;
}

function showByte(byte: number): string {
  if (byte === 0x27) return "'\\''";
  if (byte === QUOTE) return "'\"'";
  if (byte === BACKSLASH) return "'\\\\'";
  const known: Record<number, string> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };
  if (known[byte] !== undefined) return `'${known[byte]}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
  return byte >= 0x80 && byte < 0xa1 ? `'\\u00${byte.toString(16)}'` : `'${String.fromCharCode(byte)}'`;
}

class Scanner {
  private at = 0;
  private depth = 0;

  constructor(private readonly body: Uint8Array) {}

  document(): void {
    this.value();
    this.space();
    if (this.at < this.body.length) this.refuse('after top-level value');
  }

  private refuse(where: string): never {
    const byte = this.body[this.at];
    throw new SyntaxProblem(byte === undefined ? 'unexpected end of JSON input' : `invalid character ${showByte(byte)} ${where}`);
  }

  private peek(): string {
    const byte = this.body[this.at];
    return byte === undefined ? '' : String.fromCharCode(byte);
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.peek())) this.at++;
  }

  private value(): void {
    this.space();
    const next = this.peek();
    if (next === '{' || next === '[') this.nested(next);
    else if (next === '"') this.string();
    else if (next === '-' || /\d/.test(next)) this.number();
    else if (next === 't') this.word('true');
    else if (next === 'f') this.word('false');
    else if (next === 'n') this.word('null');
    else this.refuse('looking for beginning of value');
  }

  private nested(open: string): void {
    if (++this.depth > DOCUMENT_DEPTH_MAX) throw new SyntaxProblem(TOO_DEEP);
    if (open === '{') this.object();
    else this.array();
    this.depth--;
  }

  private object(): void {
    this.at++;
    this.space();
    if (this.peek() === '}') {
      this.at++;
      return;
    }
    for (;;) {
      this.space();
      if (this.peek() !== '"') this.refuse('looking for beginning of object key string');
      this.string();
      this.space();
      if (this.peek() !== ':') this.refuse('after object key');
      this.at++;
      this.value();
      this.space();
      const next = this.peek();
      if (next !== ',' && next !== '}') this.refuse('after object key:value pair');
      this.at++;
      if (next === '}') return;
    }
  }

  private array(): void {
    this.at++;
    this.space();
    if (this.peek() === ']') {
      this.at++;
      return;
    }
    for (;;) {
      this.value();
      this.space();
      const next = this.peek();
      if (next !== ',' && next !== ']') this.refuse('after array element');
      this.at++;
      if (next === ']') return;
    }
  }

  private string(): void {
    this.at++;
    for (;;) {
      const byte = this.body[this.at];
      if (byte === undefined || byte < 0x20) this.refuse('in string literal');
      this.at++;
      if (byte === QUOTE) return;
      if (byte === BACKSLASH) this.escape();
    }
  }

  private escape(): void {
    const next = this.peek();
    if (next === 'u') {
      this.at++;
      for (let i = 0; i < 4; i++, this.at++) if (!/[0-9a-fA-F]/.test(this.peek())) this.refuse('in \\u hexadecimal character escape');
      return;
    }
    if (next === '' || !'bfnrt\\/"'.includes(next)) this.refuse('in string escape code');
    this.at++;
  }

  private number(): void {
    if (this.peek() === '-') this.at++;
    if (this.peek() === '0') this.at++;
    else this.digits('in numeric literal');
    if (this.peek() === '.') {
      this.at++;
      this.digits('after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.peek())) {
      this.at++;
      if (/[+-]/.test(this.peek())) this.at++;
      this.digits('in exponent of numeric literal');
    }
  }

  private digits(where: string): void {
    if (!/\d/.test(this.peek())) this.refuse(where);
    while (/\d/.test(this.peek())) this.at++;
  }

  private word(text: string): void {
    for (const ch of text) {
      if (this.peek() !== ch) this.refuse(`in literal ${text} (expecting '${ch}')`);
      this.at++;
    }
  }
}
