/** A small part of the shell's grammar: enough for what manifests run. */
export type Node =
  | { type: 'simple'; words: string[]; redirect?: string; append?: boolean; background?: boolean; filters?: string[][] }
  | { type: 'list'; parts: { op: ';' | '&&' | '||'; node: Node }[] }
  | { type: 'loop'; until: boolean; condition: Node; body: Node }
  | { type: 'for'; name: string; words: string[]; body: Node }
  | { type: 'if'; condition: Node; then: Node; otherwise?: Node };

type Token = { type: 'word'; text: string } | { type: 'op'; text: string };

const OPERATORS = ['&&', '||', ';;', '>>', ';', '&', '|', '>', '<', '(', ')'];

export function tokenize(script: string): Token[] {
  const tokens: Token[] = [];
  let word: string | undefined;
  const flush = (): void => {
    if (word !== undefined) tokens.push({ type: 'word', text: word });
    word = undefined;
  };
  for (let i = 0; i < script.length; ) {
    const ch = script[i] as string;
    if (ch === '\\') {
      if (script[i + 1] !== '\n') word = (word ?? '') + (script[i + 1] ?? '');
      i += 2;
    } else if (ch === "'" || ch === '"' || ch === '`') {
      const end = closing(script, i + 1, ch);
      const inside = script.slice(i + 1, end);
      word = (word ?? '') + (ch === "'" ? inside : inside.replace(/\\(["\\$`])/g, '$1'));
      i = end + 1;
    } else if (script.startsWith('$(', i)) {
      const end = matching(script, i + 2);
      word = (word ?? '') + script.slice(i, end + 1);
      i = end + 1;
    } else if (ch === '#' && word === undefined) {
      while (i < script.length && script[i] !== '\n') i++;
    } else if (ch === '\n') {
      flush();
      tokens.push({ type: 'op', text: ';' });
      i++;
    } else if (/\s/.test(ch)) {
      flush();
      i++;
    } else {
      const op = OPERATORS.find((o) => script.startsWith(o, i));
      if (op && !(op === '>' && word === '2')) {
        flush();
        tokens.push({ type: 'op', text: op });
        i += op.length;
      } else if (op) {
        word = undefined;
        tokens.push({ type: 'op', text: '2>' });
        i++;
      } else {
        word = (word ?? '') + ch;
        i++;
      }
    }
  }
  flush();
  return tokens;
}

function closing(script: string, from: number, quote: string): number {
  for (let i = from; i < script.length; i++) {
    if (script[i] === '\\' && quote !== "'") i++;
    else if (script[i] === quote) return i;
  }
  return script.length;
}

function matching(script: string, from: number): number {
  let depth = 1;
  for (let i = from; i < script.length; i++) {
    if (script[i] === '(') depth++;
    else if (script[i] === ')' && --depth === 0) return i;
  }
  return script.length;
}

/** undefined where the script uses what this parser does not know. */
export function parseScript(script: string): Node | undefined {
  const parser = new Parser(tokenize(script));
  const node = parser.list([]);
  return parser.failed || !parser.atEnd ? undefined : node;
}

class Parser {
  private at = 0;
  failed = false;

  constructor(private readonly tokens: readonly Token[]) {}

  get atEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  private peek(text: string): boolean {
    return this.tokens[this.at]?.text === text;
  }

  private take(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) this.failed = true;
  }

  list(stops: readonly string[]): Node {
    const parts: { op: ';' | '&&' | '||'; node: Node }[] = [];
    let op: ';' | '&&' | '||' = ';';
    while (!this.atEnd && !this.failed) {
      while (this.peek(';')) this.at++;
      const next = this.tokens[this.at];
      if (!next || (next.type === 'word' && stops.includes(next.text)) || (next.type === 'op' && next.text === ')')) break;
      parts.push({ op, node: this.command() });
      op = ';';
      const separator = this.tokens[this.at]?.text;
      if (separator === '&&' || separator === '||') {
        op = separator;
        this.at++;
        while (this.peek(';')) this.at++;
      } else if (separator === '&') {
        this.at++;
        const last = parts.at(-1)?.node;
        if (last?.type === 'simple') last.background = true;
      } else if (!this.peek(';')) break;
    }
    return { type: 'list', parts };
  }

  private command(): Node {
    if (this.take('while')) return this.loop(false);
    if (this.take('until')) return this.loop(true);
    if (this.take('for')) return this.forLoop();
    if (this.take('if')) return this.conditional();
    if (this.take('(') || this.take('{')) {
      const body = this.list(['}']);
      if (!this.take(')')) this.expect('}');
      return body;
    }
    return this.simple();
  }

  private loop(until: boolean): Node {
    const condition = this.list(['do']);
    this.expect('do');
    const body = this.list(['done']);
    this.expect('done');
    return { type: 'loop', until, condition, body };
  }

  private forLoop(): Node {
    const name = this.tokens[this.at++]?.text ?? '';
    const words: string[] = [];
    if (this.take('in')) while (!this.atEnd && this.tokens[this.at]?.type === 'word') words.push(this.tokens[this.at++]?.text as string);
    while (this.peek(';')) this.at++;
    this.expect('do');
    const body = this.list(['done']);
    this.expect('done');
    return { type: 'for', name, words, body };
  }

  private conditional(): Node {
    const condition = this.list(['then']);
    this.expect('then');
    const then = this.list(['else', 'elif', 'fi']);
    if (this.take('elif')) return { type: 'if', condition, then, otherwise: this.conditional() };
    const otherwise = this.take('else') ? this.list(['fi']) : undefined;
    this.expect('fi');
    return otherwise ? { type: 'if', condition, then, otherwise } : { type: 'if', condition, then };
  }

  private words(): string[] {
    const words: string[] = [];
    while (this.tokens[this.at]?.type === 'word') words.push((this.tokens[this.at++] as Token).text);
    if (words.length === 0) this.failed = true;
    return words;
  }

  private simple(): Node {
    const words: string[] = [];
    let redirect: string | undefined;
    let append = false;
    const filters: string[][] = [];
    while (!this.atEnd) {
      const token = this.tokens[this.at] as Token;
      if (token.type === 'word') {
        words.push(token.text);
        this.at++;
      } else if (token.text === '>' || token.text === '>>' || token.text === '<' || token.text === '2>') {
        this.at++;
        if (this.peek('&')) this.at++;
        const target = this.tokens[this.at++]?.text;
        if (token.text === '>' || token.text === '>>') {
          redirect = target;
          append = token.text === '>>';
        }
      } else if (token.text === '|') {
        this.at++;
        filters.push(this.words());
      } else break;
    }
    if (words.length === 0) this.failed = true;
    return { type: 'simple', words, ...(redirect === undefined ? {} : { redirect, append }), ...(filters.length > 0 ? { filters } : {}) };
  }
}
