import { Environment } from '@marcbachmann/cel-js';
import type { Issue } from './problem.ts';
import { Uint } from './values.ts';

/** An expression as a tree of our own; only this file knows the parser's. */
export type Expr =
  | { op: 'literal'; value: bigint | number | string | boolean | null | Uint | Uint8Array; at: number }
  | { op: 'name'; name: string; at: number }
  | { op: 'select'; target: Expr; field: string; optional: boolean; at: number }
  | { op: 'index'; target: Expr; index: Expr; optional: boolean; at: number }
  | { op: 'call'; name: string; target?: Expr; args: Expr[]; at: number }
  | { op: 'binary'; operator: string; left: Expr; right: Expr; at: number }
  | { op: 'unary'; operator: '!' | '-'; operand: Expr; at: number }
  | { op: 'conditional'; test: Expr; whenTrue: Expr; otherwise: Expr; at: number }
  | { op: 'list'; items: Expr[]; at: number }
  | { op: 'map'; entries: [Expr, Expr][]; at: number };

interface Node {
  op: string;
  args: any;
  start: number;
  end: number;
}

// Models the recursion limit of cel-go's parser and MaxExpressionSize of k8s.io/apiserver/pkg/cel.
const parser = new Environment({
  unlistedVariablesAreDyn: true,
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 10_000, maxDepth: 200, maxListElements: 10_000, maxMapEntries: 10_000, maxCallArguments: 32 },
});

const BINARY = ['==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', 'in', '&&', '||'];
const EXPECTED = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

export function parse(source: string): { expr: Expr } | { issue: Issue } {
  try {
    return { expr: convert(parser.parse(source).ast as unknown as Node, source) };
  } catch (error) {
    return { issue: issueOf(error, source) };
  }
}

function issueOf(error: unknown, source: string): Issue {
  const problem = error as { message?: string; node?: { pos?: number; start?: number } };
  const message = (problem.message ?? String(error)).split('\n')[0] as string;
  const offset = problem.node?.pos ?? problem.node?.start ?? source.length;
  if (/EOF/.test(message) && offset >= source.length)
    return { offset: source.length, text: `Syntax error: mismatched input '<EOF>' expecting ${EXPECTED}` };
  if (/after expression|Unexpected (?:character|token)/.test(message)) {
    return { offset, text: `Syntax error: extraneous input '${source[offset] ?? '<EOF>'}' expecting <EOF>` };
  }
  return { offset, text: `Syntax error: ${message}` };
}

/** Where an operator stands between its operands: parentheses and white space may be around it. */
const operatorAt = (source: string, operator: string, left: Node): number => Math.max(source.indexOf(operator, left.end), left.start);

function literal(value: unknown, at: number): Expr {
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
    return { op: 'literal', value: new Uint(BigInt(value.valueOf() as bigint)), at };
  return { op: 'literal', value: value as string, at };
}

function convert(node: Node, source: string): Expr {
  const { op, args, start } = node;
  const down = (child: Node): Expr => convert(child, source);
  if (BINARY.includes(op)) return { op: 'binary', operator: op, left: down(args[0]), right: down(args[1]), at: operatorAt(source, op, args[0]) };
  switch (op) {
    case 'value':
      return literal(args, start);
    case 'id':
      return { op: 'name', name: args, at: start };
    case '.':
    case '.?':
      return { op: 'select', target: down(args[0]), field: args[1], optional: op === '.?', at: operatorAt(source, '.', args[0]) };
    case '[]':
    case '[?]':
      return { op: 'index', target: down(args[0]), index: down(args[1]), optional: op === '[?]', at: operatorAt(source, '[', args[0]) };
    case 'call':
      return { op: 'call', name: args[0], args: args[1].map(down), at: source.indexOf('(', start) };
    case 'rcall':
      return {
        op: 'call',
        name: args[0],
        target: down(args[1]),
        args: args[2].map(down),
        at: source.indexOf('(', operatorAt(source, args[0], args[1])),
      };
    case '!_':
    case '-_':
      return negated(op === '!_' ? '!' : '-', down(args), start);
    case '?:':
      return { op: 'conditional', test: down(args[0]), whenTrue: down(args[1]), otherwise: down(args[2]), at: operatorAt(source, '?', args[0]) };
    case 'list':
      return { op: 'list', items: args.map(down), at: start };
    case 'map':
      return { op: 'map', entries: args.map(([key, value]: [Node, Node]) => [down(key), down(value)]), at: start };
    default:
      throw new Error(`the parser has an operator ${op} that is not known here`);
  }
}

/** A minus before a number is part of it. */
function negated(operator: '!' | '-', operand: Expr, at: number): Expr {
  if (operator === '-' && operand.op === 'literal' && (typeof operand.value === 'bigint' || typeof operand.value === 'number')) {
    return { op: 'literal', value: -operand.value, at };
  }
  return { op: 'unary', operator, operand, at };
}
