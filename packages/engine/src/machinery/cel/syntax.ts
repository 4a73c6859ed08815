import { parseExpression } from './parser/parser.ts';
import { SyntaxProblem } from './parser/problem.ts';
import type { Issue } from './problem.ts';
import type { Uint } from './values.ts';

/** An expression as a tree. `at` is where cel-go says that something is wrong with it. */
export type Expr =
  | { op: 'literal'; value: bigint | number | string | boolean | null | Uint | Uint8Array; at: number }
  | { op: 'name'; name: string; at: number }
  | { op: 'select'; target: Expr; field: string; optional: boolean; at: number }
  | { op: 'index'; target: Expr; index: Expr; optional: boolean; at: number }
  | { op: 'call'; name: string; target?: Expr; args: Expr[]; at: number }
  | { op: 'binary'; operator: string; left: Expr; right: Expr; at: number }
  | { op: 'unary'; operator: '!' | '-'; operand: Expr; at: number }
  | { op: 'conditional'; test: Expr; whenTrue: Expr; otherwise: Expr; at: number }
  /** `optional` are the places of items that are left out where they have no value. */
  | { op: 'list'; items: Expr[]; optional?: ReadonlySet<number>; at: number }
  | { op: 'map'; entries: Entry<Expr>[]; at: number }
  | { op: 'message'; type: string; fields: Entry<string>[]; at: number };

export interface Entry<K> {
  key: K;
  value: Expr;
  optional: boolean;
}

export function parse(source: string): { expr: Expr } | { issue: Issue } {
  try {
    return { expr: parseExpression(source) };
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return { issue: { offset: error.offset, text: `Syntax error: ${error.message}` } };
  }
}
