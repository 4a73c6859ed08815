import type { Entry, Expr } from '../syntax.ts';
import type { Uint } from '../values.ts';
import { type Token, tokensOf } from './lexer.ts';
import { SyntaxProblem } from './problem.ts';

// Model the limits of cel-go's parser (maxRecursionDepth) and the size of an expression that k8s.io/apiserver/pkg/cel allows.
const DEPTH_MAX = 250;
const NODES_MAX = 10_000;

const OPERAND = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
const RELATIONS = ['==', '!=', '<', '<=', '>', '>=', 'in'];
const PRECEDENCE: readonly (readonly string[])[] = [RELATIONS, ['+', '-'], ['*', '/', '%']];
const RESERVED = new Set(
  'as break const continue else for function if import let loop package namespace return var void while true false null in'.split(' '),
);
const CONSTANTS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const OPERAND_SYMBOLS = ['[', '{', '(', '.', '-', '!'];

/** Whether a token is one that was expected. */
function fits({ kind, text }: Token, expected: string): boolean {
  if (expected === OPERAND) return kind === 'symbol' ? OPERAND_SYMBOLS.includes(text) : kind !== 'quoted' && kind !== 'end';
  return expected === 'IDENTIFIER' ? kind === 'name' || kind === 'quoted' : text === expected || `'${text}'` === expected;
}

/** Reads by descent what parser/gen/CEL.g4 of cel-go describes. */
class Parser {
  private next = 0;
  private depth = 0;
  private nodes = 0;
  private readonly tokens: readonly Token[];

  constructor(source: string) {
    this.tokens = tokensOf(source);
  }

  whole(): Expr {
    const expr = this.expression();
    if (this.token.kind !== 'end') throw this.unexpected('<EOF>');
    return expr;
  }

  private get token(): Token {
    return this.tokens[this.next] as Token;
  }

  private isAt(...symbols: readonly string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'symbol' || (kind === 'name' && text === 'in')) && symbols.includes(text);
  }

  private take(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.next++;
    return token;
  }

  private accept(symbol: string): Token | undefined {
    return this.isAt(symbol) ? this.take() : undefined;
  }

  private want(symbol: string): Token {
    const found = this.accept(symbol);
    if (!found) throw this.unexpected(`'${symbol}'`);
    return found;
  }

  private unexpected(expected: string): SyntaxProblem {
    const { kind, text, at } = this.token;
    // One token too many is dropped where the one that was expected comes next.
    const isSpare = kind !== 'end' && fits(this.tokens[this.next + 1] as Token, expected);
    const given = kind === 'end' ? '<EOF>' : text;
    return new SyntaxProblem(at, `${isSpare ? 'extraneous' : 'mismatched'} input '${given}' expecting ${expected}`);
  }

  private made<T extends Expr>(expr: T): T {
    if (++this.nodes > NODES_MAX) throw new SyntaxProblem(expr.at, `expression has more than ${NODES_MAX} parts`);
    return expr;
  }

  private expression(): Expr {
    if (++this.depth > DEPTH_MAX) throw new SyntaxProblem(this.token.at, `expression recursion limit exceeded: ${DEPTH_MAX}`);
    const test = this.logical('||');
    const question = this.accept('?');
    let result = test;
    if (question) {
      const whenTrue = this.logical('||');
      this.want(':');
      result = this.made({ op: 'conditional', test, whenTrue, otherwise: this.expression(), at: question.at });
    }
    this.depth--;
    return result;
  }

  /** Long chains become balanced trees, so that running them goes no deeper than it has to. */
  private logical(operator: '||' | '&&'): Expr {
    const operand = (): Expr => (operator === '||' ? this.logical('&&') : this.binary(0));
    const terms = [operand()];
    const positions: number[] = [];
    for (let found = this.accept(operator); found; found = this.accept(operator)) {
      positions.push(found.at);
      terms.push(operand());
    }
    const balanced = (from: number, to: number): Expr => {
      if (from === to) return terms[from] as Expr;
      const middle = Math.floor((from + to) / 2);
      return this.made({ op: 'binary', operator, left: balanced(from, middle), right: balanced(middle + 1, to), at: positions[middle] as number });
    };
    return balanced(0, terms.length - 1);
  }

  private binary(level: number): Expr {
    const operators = PRECEDENCE[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (let chained = 0; this.isAt(...operators); chained++) {
      const { text: operator, at } = this.take();
      if (chained > DEPTH_MAX) throw new SyntaxProblem(at, `expression recursion limit exceeded: ${DEPTH_MAX}`);
      left = this.made({ op: 'binary', operator, left, right: this.binary(level + 1), at });
    }
    return left;
  }

  private unary(): Expr {
    if (!this.isAt('!', '-')) return this.member();
    const { text, at } = this.take();
    const { kind } = this.token;
    // A minus before a number is part of it.
    if (text === '-' && (kind === 'int' || kind === 'float')) {
      const negative = this.token.value as bigint | number;
      this.next++;
      return this.postfix(this.made({ op: 'literal', value: -negative, at }));
    }
    let operators = 1;
    while (this.isAt(text)) {
      this.take();
      operators++;
    }
    const operand = this.member();
    // Two of a kind make nothing.
    return operators % 2 === 0 ? operand : this.made({ op: 'unary', operator: text as '!' | '-', operand, at });
  }

  private member(): Expr {
    return this.postfix(this.primary());
  }

  private postfix(start: Expr): Expr {
    let expr = start;
    for (let chained = 0; ; chained++) {
      if (chained > DEPTH_MAX) throw new SyntaxProblem(this.token.at, `expression recursion limit exceeded: ${DEPTH_MAX}`);
      const dot = this.accept('.');
      if (dot) {
        expr = this.selection(expr, dot.at);
        continue;
      }
      const open = this.accept('[');
      if (open) {
        const optional = this.accept('?') !== undefined;
        const index = this.expression();
        this.want(']');
        expr = this.made({ op: 'index', target: expr, index, optional, at: open.at });
        continue;
      }
      const name = this.isAt('{') ? messageName(expr) : undefined;
      if (name === undefined) return expr;
      expr = this.message(name);
    }
  }

  private selection(target: Expr, at: number): Expr {
    const optional = this.accept('?') !== undefined;
    const { kind, text } = this.token;
    if (kind !== 'name' && kind !== 'quoted') throw this.unexpected('IDENTIFIER');
    this.take();
    const open = optional || kind === 'quoted' ? undefined : this.accept('(');
    if (open) return this.made({ op: 'call', name: text, target, args: this.items(')'), at: open.at });
    return this.made({ op: 'select', target, field: text, optional, at });
  }

  private primary(): Expr {
    const token = this.token;
    const { kind, text, at } = token;
    switch (kind) {
      case 'int':
        if (token.value === 2n ** 63n) throw new SyntaxProblem(at, 'invalid int literal');
        return this.literal(this.take().value as bigint, at);
      case 'uint':
      case 'float':
      case 'string':
      case 'bytes':
        return this.literal(this.take().value as Uint | number | string | Uint8Array, at);
      case 'name':
        return this.named();
      case 'symbol':
        if (text === '.' || text === '(' || text === '[' || text === '{') return this.opened();
    }
    throw this.unexpected(OPERAND);
  }

  private literal(value: (Expr & { op: 'literal' })['value'], at: number): Expr {
    return this.made({ op: 'literal', value, at });
  }

  private named(): Expr {
    const { text, at } = this.take();
    const constant = CONSTANTS.get(text);
    if (constant !== undefined) return this.literal(constant, at);
    if (text === 'in') {
      this.next--;
      throw this.unexpected(OPERAND);
    }
    if (RESERVED.has(text)) throw new SyntaxProblem(at, `reserved identifier: ${text}`);
    const open = this.accept('(');
    if (open) return this.made({ op: 'call', name: text, args: this.items(')'), at: open.at });
    return this.made({ op: 'name', name: text, at });
  }

  private opened(): Expr {
    const { text, at } = this.take();
    switch (text) {
      case '(': {
        const expr = this.expression();
        this.want(')');
        return expr;
      }
      case '[':
        return this.list(at);
      case '{':
        return this.made({ op: 'map', entries: this.entries(() => this.expression()), at });
      default:
        // A name from the root is the name: there is but one container.
        if (this.token.kind !== 'name') throw this.unexpected('IDENTIFIER');
        return this.named();
    }
  }

  private items(close: string): Expr[] {
    const items: Expr[] = [];
    while (!this.isAt(close)) {
      items.push(this.expression());
      if (!this.accept(',')) break;
      if (this.isAt(close)) throw this.unexpected(OPERAND);
    }
    this.want(close);
    return items;
  }

  private list(at: number): Expr {
    const items: Expr[] = [];
    const optional = new Set<number>();
    while (!this.isAt(']')) {
      if (this.accept('?')) optional.add(items.length);
      items.push(this.expression());
      if (!this.accept(',')) break;
    }
    this.want(']');
    return this.made({ op: 'list', items, at, ...(optional.size > 0 ? { optional } : {}) });
  }

  private entries<K>(key: () => K): Entry<K>[] {
    const entries: Entry<K>[] = [];
    while (!this.isAt('}')) {
      const optional = this.accept('?') !== undefined;
      const name = key();
      this.want(':');
      entries.push({ key: name, value: this.expression(), optional });
      if (!this.accept(',')) break;
    }
    this.want('}');
    return entries;
  }

  private message(type: string): Expr {
    const { at } = this.want('{');
    const fields = this.entries(() => {
      const { kind, text } = this.token;
      if (kind !== 'name' && kind !== 'quoted') throw this.unexpected('IDENTIFIER');
      this.take();
      return text;
    });
    return this.made({ op: 'message', type, fields, at });
  }
}

/** The name before an opening brace: `Object.spec.containers`. */
function messageName(expr: Expr): string | undefined {
  if (expr.op === 'name') return expr.name;
  if (expr.op !== 'select' || expr.optional) return undefined;
  const outer = messageName(expr.target);
  return outer === undefined ? undefined : `${outer}.${expr.field}`;
}

/** Throws SyntaxProblem. */
export const parseExpression = (source: string): Expr => new Parser(source).whole();
