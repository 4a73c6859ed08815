import type { Expr } from './syntax.ts';

/** A call that looks at its arguments before they are values. */
export type Macro =
  | { macro: 'has'; operand: Expr & { op: 'select' } }
  | { macro: 'bind'; name: string; value: Expr; body: Expr }
  | { macro: 'optMap' | 'optFlatMap'; target: Expr; name: string; body: Expr }
  | Comprehension;

export interface Comprehension {
  macro: 'all' | 'exists' | 'exists_one' | 'map' | 'filter' | 'transformList' | 'transformMap' | 'transformMapEntry';
  range: Expr;
  /** One name for items or keys; two for index and item, or key and value. */
  names: readonly string[];
  filter?: Expr;
  body: Expr;
}

const PREDICATES = new Map<string, 'all' | 'exists' | 'exists_one'>([
  ['all', 'all'],
  ['exists', 'exists'],
  ['exists_one', 'exists_one'],
  ['existsOne', 'exists_one'],
]);
const TRANSFORMS = new Set(['transformList', 'transformMap', 'transformMapEntry']);

const namesOf = (exprs: readonly Expr[]): string[] | undefined => {
  const names = exprs.flatMap((expr) => (expr.op === 'name' ? [expr.name] : []));
  return names.length === exprs.length ? names : undefined;
};

const known = new WeakMap<Expr, { macro: Macro | undefined }>();

/** The macro that a call stands for, if it is one. */
export function macroOf(call: Expr & { op: 'call' }): Macro | undefined {
  const found = known.get(call) ?? { macro: readMacro(call) };
  known.set(call, found);
  return found.macro;
}

/** Models parser/macro.go and ext/comprehensions.go of cel-go. */
function readMacro(call: Expr & { op: 'call' }): Macro | undefined {
  const { name, target, args } = call;
  const last = args[args.length - 1] as Expr;
  if (target === undefined) {
    return name === 'has' && args.length === 1 && last.op === 'select' ? { macro: 'has', operand: last } : undefined;
  }
  if (args.length < 2) return undefined;
  if (name === 'bind' && target.op === 'name' && target.name === 'cel' && args.length === 3 && args[0]?.op === 'name') {
    return { macro: 'bind', name: args[0].name, value: args[1] as Expr, body: last };
  }
  if ((name === 'optMap' || name === 'optFlatMap') && args.length === 2 && args[0]?.op === 'name') {
    return { macro: name, target, name: args[0].name, body: last };
  }
  return comprehensionOf(name, target, args, last);
}

function comprehensionOf(name: string, range: Expr, args: readonly Expr[], body: Expr): Comprehension | undefined {
  const predicate = PREDICATES.get(name);
  if (predicate !== undefined && args.length <= 3) {
    const names = namesOf(args.slice(0, -1));
    return names && { macro: predicate, range, names, body };
  }
  if ((name === 'map' && args.length <= 3) || (name === 'filter' && args.length === 2)) {
    const names = namesOf(args.slice(0, 1));
    return names && { macro: name, range, names, body, ...(args.length === 3 ? { filter: args[1] as Expr } : {}) };
  }
  if (!TRANSFORMS.has(name) || args.length < 3 || args.length > 4) return undefined;
  const names = namesOf(args.slice(0, 2));
  return names && { macro: name as 'transformList', range, names, body, ...(args.length === 4 ? { filter: args[2] as Expr } : {}) };
}
