import { Uint } from '../values.ts';
import { SyntaxProblem } from './problem.ts';

export type TokenKind = 'int' | 'uint' | 'float' | 'string' | 'bytes' | 'name' | 'quoted' | 'symbol' | 'end';

export interface Token {
  kind: TokenKind;
  /** As it stands in the source; of a quoted name what is between the quotes. */
  text: string;
  at: number;
  end: number;
  value?: bigint | number | string | Uint | Uint8Array;
}

const SPACE = /(?:[\t\n\f\r ]+|\/\/[^\n]*)+/y;
const FLOAT = /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)/y;
const INTEGER = /(?:0x[0-9a-fA-F]+|\d+)([uU]?)/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED = /`([A-Za-z0-9_.\-/ ]+)`/y;
const TEXT_START = /([rR]?[bB]?|[bB][rR])("""|'''|"|')/y;
const SYMBOL = /==|!=|<=|>=|&&|\|\||[<>+\-*/%!?:.,()[\]{}]/y;
const INT_MAX = 2n ** 63n;
const UINT_MAX = 2n ** 64n;

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const ESCAPE = /\\(?:([abfnrtv\\?"'`])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/y;

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** The tokens of an expression, the last of them its end. Models parser/gen/CEL.g4 of cel-go. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    at += match(SPACE, source, at)?.[0].length ?? 0;
    if (at >= source.length) return [...tokens, { kind: 'end', text: '<EOF>', at: source.length, end: source.length }];
    const token = text(source, at) ?? number(source, at) ?? name(source, at) ?? symbol(source, at);
    if (!token) throw new SyntaxProblem(at, `token recognition error at: '${source[at]}'`);
    tokens.push(token);
    at = token.end;
  }
}

function number(source: string, at: number): Token | undefined {
  const float = match(FLOAT, source, at)?.[0];
  // What follows a dot after a name is a field.
  if (float !== undefined) return { kind: 'float', text: float, at, end: at + float.length, value: Number(float) };
  const [found, unsigned] = match(INTEGER, source, at) ?? [];
  if (found === undefined) return undefined;
  const digits = BigInt(unsigned ? found.slice(0, -1) : found);
  if (unsigned ? digits >= UINT_MAX : digits > INT_MAX) throw new SyntaxProblem(at, `invalid ${unsigned ? 'uint' : 'int'} literal`);
  return { kind: unsigned ? 'uint' : 'int', text: found, at, end: at + found.length, value: unsigned ? new Uint(digits) : digits };
}

function name(source: string, at: number): Token | undefined {
  const quoted = match(QUOTED, source, at);
  if (quoted) return { kind: 'quoted', text: quoted[1] as string, at, end: at + quoted[0].length };
  const found = match(NAME, source, at)?.[0];
  return found === undefined ? undefined : { kind: 'name', text: found, at, end: at + found.length };
}

function symbol(source: string, at: number): Token | undefined {
  const found = match(SYMBOL, source, at)?.[0];
  return found === undefined ? undefined : { kind: 'symbol', text: found, at, end: at + found.length };
}

function text(source: string, at: number): Token | undefined {
  const [start, prefix = '', quote = ''] = match(TEXT_START, source, at) ?? [];
  if (start === undefined) return undefined;
  const raw = /r/i.test(prefix);
  const bytes = /b/i.test(prefix);
  const long = quote.length === 3;
  let value = '';
  const octets: number[] = [];
  const add = (part: string): void => {
    if (bytes) octets.push(...new TextEncoder().encode(part));
    else value += part;
  };
  for (let i = at + start.length; i < source.length; ) {
    if (source.startsWith(quote, i)) {
      const end = i + quote.length;
      return { kind: bytes ? 'bytes' : 'string', text: source.slice(at, end), at, end, value: bytes ? Uint8Array.from(octets) : value };
    }
    const character = String.fromCodePoint(source.codePointAt(i) as number);
    if (!long && (character === '\n' || character === '\r')) break;
    if (character !== '\\' || raw) {
      add(character);
      i += character.length;
      continue;
    }
    const escaped = match(ESCAPE, source, i);
    if (!escaped) throw new SyntaxProblem(at, `token recognition error at: '${source.slice(at, i + 2)}'`);
    const [whole, simple, hex, four, eight, octal] = escaped;
    const code = hex ?? four ?? eight;
    const point = octal === undefined ? code && Number.parseInt(code, 16) : Number.parseInt(octal, 8);
    // In bytes a figure stands for one byte, not for a character.
    if (bytes && (hex !== undefined || octal !== undefined)) octets.push(point as number);
    else if (simple !== undefined) add(ESCAPES[simple] ?? simple);
    else if ((point as number) > 0x10ffff) throw new SyntaxProblem(at, 'invalid unicode code point');
    else add(String.fromCodePoint(point as number));
    i += whole.length;
  }
  throw new SyntaxProblem(at, `token recognition error at: '${source.slice(at)}'`);
}
