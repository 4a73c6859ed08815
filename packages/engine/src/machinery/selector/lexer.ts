// Models the lexer of k8s.io/apimachinery/pkg/labels/selector.go.
export type TokenKind = 'end' | 'identifier' | 'in' | 'notin' | ')' | '(' | ',' | '!' | '==' | '=' | '>' | '<' | '!=';

export interface Token {
  kind: TokenKind;
  text: string;
}

const SYMBOLS: readonly string[] = [')', ',', '!', '==', '=', '>', '<', '!=', '('];
const isSymbol = (ch: string): boolean => '=!(),><'.includes(ch);
const isSpace = (ch: string): boolean => ch === ' ' || ch === '\t' || ch === '\r' || ch === '\n';

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const ch = text[at] as string;
    if (isSpace(ch)) {
      at++;
      continue;
    }
    const [token, length] = isSymbol(ch) ? symbol(text, at) : word(text, at);
    tokens.push(token);
    at += length;
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

/** The longest operator that starts here; every sign is one by itself. */
function symbol(text: string, start: number): [Token, number] {
  const two = text.slice(start, start + 2);
  if (two.length === 2 && SYMBOLS.includes(two)) return [{ kind: two as TokenKind, text: two }, 2];
  const one = text[start] as string;
  return [{ kind: one as TokenKind, text: one }, 1];
}

function word(text: string, start: number): [Token, number] {
  let end = start;
  while (end < text.length && !isSymbol(text[end] as string) && !isSpace(text[end] as string)) end++;
  const literal = text.slice(start, end);
  return [{ kind: literal === 'in' || literal === 'notin' ? literal : 'identifier', text: literal }, end - start];
}
