/** A pattern that is none, in the words of Go's regexp/syntax. */
export class RegexError extends Error {
  constructor(code: string, part: string) {
    super(`error parsing regexp: ${code}: \`${part}\``);
  }
}

/** Whether a code point is one of those meant. */
export type Chars = (code: number) => boolean;

export type Assertion = 'line-start' | 'line-end' | 'text-start' | 'text-end' | 'boundary' | 'no-boundary';

export type Regex =
  | { kind: 'empty' }
  | { kind: 'chars'; chars: Chars }
  | { kind: 'assert'; assertion: Assertion }
  | { kind: 'sequence'; parts: Regex[] }
  | { kind: 'choice'; options: Regex[] }
  | { kind: 'repeat'; part: Regex; min: number; max: number; lazy: boolean };

export const oneOf =
  (...sets: readonly Chars[]): Chars =>
  (code) =>
    sets.some((set) => set(code));
export const not =
  (set: Chars): Chars =>
  (code) =>
    !set(code);
export const range =
  (from: number, to: number): Chars =>
  (code) =>
    code >= from && code <= to;
export const exactly = (wanted: number): Chars => range(wanted, wanted);
export const anything: Chars = () => true;
export const noNewline: Chars = (code) => code !== 10;

/** Any of the cases of a letter counts. */
export const folded =
  (set: Chars): Chars =>
  (code) => {
    if (set(code)) return true;
    const text = String.fromCodePoint(code);
    return [text.toLowerCase(), text.toUpperCase()].some((other) => set(other.codePointAt(0) as number));
  };

const ch = (text: string): number => text.charCodeAt(0);
const digit = range(ch('0'), ch('9'));
const lower = range(ch('a'), ch('z'));
const upper = range(ch('A'), ch('Z'));
const word = oneOf(digit, lower, upper, exactly(ch('_')));
const among =
  (text: string): Chars =>
  (code) =>
    code < 128 && text.includes(String.fromCharCode(code));

/** `\d`, `\w`, `\s`: ASCII only, as Go has them. */
export const PERL: Record<string, Chars> = { d: digit, w: word, s: among('\t\n\f\r ') };
export const POSIX = new Map<string, Chars>([
  ['alnum', oneOf(digit, lower, upper)],
  ['alpha', oneOf(lower, upper)],
  ['ascii', range(0, 127)],
  ['blank', among('\t ')],
  ['cntrl', oneOf(range(0, 31), exactly(127))],
  ['digit', digit],
  ['graph', range(33, 126)],
  ['lower', lower],
  ['print', range(32, 126)],
  ['punct', among('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')],
  ['space', among('\t\n\v\f\r ')],
  ['upper', upper],
  ['word', word],
  ['xdigit', oneOf(digit, range(ch('a'), ch('f')), range(ch('A'), ch('F')))],
]);

export const isWord = word;

/** A general category or script of Unicode; undefined if there is none of that name. */
export function unicodeClass(name: string): Chars | undefined {
  for (const property of [name, `Script=${name}`]) {
    try {
      const pattern = new RegExp(`^\\p{${property}}$`, 'u');
      return (code) => pattern.test(String.fromCodePoint(code));
    } catch (problem) {
      if (!(problem instanceof SyntaxError)) throw problem;
    }
  }
  return undefined;
}
