import { check, type Declarations, mentions } from './check.ts';
import { estimate, type SizeAt } from './cost/estimate.ts';
import { evaluate, type Meter, type Scope } from './evaluate.ts';
import { issuesText } from './problem.ts';
import { type Expr, parse } from './syntax.ts';
import type { CelType } from './types.ts';
import type { Value } from './values.ts';

export type { Declarations } from './check.ts';
export type { Range, SizeAt } from './cost/estimate.ts';
export { Meter, type Scope } from './evaluate.ts';
export { fromJson } from './json.ts';
export { quantityFrom } from './library/quantity.ts';
export { semverOf } from './library/semver.ts';
export { escapeName } from './names.ts';
export { CelError, CostExceeded } from './problem.ts';
export { toJson } from './to-json.ts';
export * from './types.ts';
export * from './values.ts';

/** An expression that has been read and checked. */
export class Program {
  constructor(
    private readonly expr: Expr,
    readonly type: CelType,
    private readonly types: ReadonlyMap<Expr, CelType>,
  ) {}

  /** What it may cost at most, for a given size of the variables. */
  costAtMost(sizeAt: SizeAt): number {
    return estimate(this.expr, this.types, sizeAt);
  }

  /** Throws CelError where the expression fails, CostExceeded where it does too much. */
  run(scope: Scope, meter: Meter): Value {
    return evaluate(this.expr, scope, meter);
  }

  mentions(name: string): boolean {
    return mentions(this.expr, name);
  }
}

export type Compiled = { program: Program } | { error: string };

/** The error is the text that cel-go prints, with lines and carets. */
export function compile(source: string, declarations: Declarations): Compiled {
  const parsed = parse(source);
  if ('issue' in parsed) return { error: issuesText(source, [parsed.issue]) };
  const { type, issues, types } = check(parsed.expr, declarations);
  return issues.length > 0 ? { error: issuesText(source, issues) } : { program: new Program(parsed.expr, type, types) };
}

export const scopeOf = (variables: Readonly<Record<string, Value>>): Scope => ({
  get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
});

export const declare = (types: Readonly<Record<string, CelType>>): Declarations => ({
  get: (name) => (Object.hasOwn(types, name) ? types[name] : undefined),
});
