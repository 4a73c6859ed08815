import { equal } from './equality.ts';
import { FUNCTIONS } from './library/index.ts';
import { type Comprehension, type Macro, macroOf } from './macros.ts';
import { dispatch, isNamespace } from './overload.ts';
import { CelError, CostExceeded } from './problem.ts';
import type { Expr } from './syntax.ts';
import { isList, isMap, LiteralMap, Message, NONE, Optional, show, typeName, typeNamed, Uint, type Value } from './values.ts';

/** What an expression may still do. Models the runtime cost of k8s.io/apiserver/pkg/cel, a step for each node that is run. */
export class Meter {
  constructor(public left: number) {}

  readonly spend = (steps: number): void => {
    this.left -= steps;
    if (this.left < 0) throw new CostExceeded();
  };
}

/** Values by name, the nearest first. */
export interface Scope {
  get: (name: string) => Value | undefined;
}

class Inner implements Scope {
  constructor(
    private readonly outer: Scope,
    private readonly names: readonly string[],
    private readonly values: readonly Value[],
  ) {}

  get(name: string): Value | undefined {
    const { names, values } = this;
    if (name === names[0]) return values[0];
    return names.length > 1 && name === names[1] ? values[1] : this.outer.get(name);
  }
}

const within = (outer: Scope, names: readonly string[], values: readonly Value[]): Scope => new Inner(outer, names, values);

const INT_SAFE = 2n ** 62n;
const isSmall = (value: bigint): boolean => value < INT_SAFE && value > -INT_SAFE;

/** The commonest cases of operators, which need no search among overloads. */
function quick(operator: string, a: Value, b: Value): Value | undefined {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') return undefined;
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '+':
      return isSmall(a) && isSmall(b) ? a + b : undefined;
    case '-':
      return isSmall(a) && isSmall(b) ? a - b : undefined;
    default:
      return undefined;
  }
}

class Evaluation {
  private readonly host: { spend: (steps: number) => void };

  constructor(private readonly meter: Meter) {
    this.host = meter;
  }

  run(expr: Expr, scope: Scope): Value {
    this.meter.spend(1);
    switch (expr.op) {
      case 'literal':
        return expr.value;
      case 'name':
        return this.name(expr.name, scope);
      case 'select':
        return this.select(expr, scope);
      case 'index':
        return this.index(expr, scope);
      case 'call':
        return this.call(expr, scope);
      case 'binary':
        return this.binary(expr, scope);
      case 'unary':
        return this.apply(expr.operator === '!' ? '!_' : '-_', false, [this.run(expr.operand, scope)]);
      case 'conditional':
        return this.truth(this.run(expr.test, scope)) ? this.run(expr.whenTrue, scope) : this.run(expr.otherwise, scope);
      case 'list':
        return expr.items.flatMap((item, i) => this.entry(item, expr.optional?.has(i) ?? false, scope));
      case 'map':
        return new LiteralMap(
          expr.entries.flatMap(({ key, value, optional }) => {
            const name = this.run(key, scope);
            return this.entry(value, optional, scope).map((each) => [name, each] as const);
          }),
        );
      case 'message':
        return new Message(
          expr.type,
          new Map(expr.fields.flatMap(({ key, value, optional }) => this.entry(value, optional, scope).map((each) => [key, each] as const))),
        );
    }
  }

  /** No value where an optional has none. */
  private entry(expr: Expr, optional: boolean, scope: Scope): [] | [Value] {
    const value = this.run(expr, scope);
    if (!optional) return [value];
    if (!(value instanceof Optional)) throw new CelError(`cannot initialize optional entry from non-optional value ${show(value)}`);
    return value.value === undefined ? [] : [value.value];
  }

  private name(name: string, scope: Scope): Value {
    const known = scope.get(name);
    const value = known === undefined ? typeNamed(name) : known;
    if (value === undefined) throw new CelError(`no such attribute(s): ${name}`);
    return value;
  }

  private truth(value: Value): boolean {
    if (typeof value !== 'boolean') throw new CelError('no such overload');
    return value;
  }

  private select({ target, field, optional }: Expr & { op: 'select' }, scope: Scope): Value {
    // The one variable whose name has a dot in it.
    const qualified = target.op === 'name' && target.name === 'authorizer' ? scope.get(`${target.name}.${field}`) : undefined;
    if (qualified !== undefined) return qualified;
    const value = this.run(target, scope);
    if (!optional && !(value instanceof Optional)) return this.member(value, field);
    const inner = value instanceof Optional ? value.value : value;
    if (inner === undefined) return NONE;
    if (!isMap(inner)) throw new CelError('no such overload');
    return this.maybe(inner.get(field));
  }

  private maybe(found: Value | undefined): Optional {
    return found === undefined ? NONE : new Optional(found);
  }

  private member(value: Value, field: string): Value {
    if (value === null || !isMap(value)) throw new CelError('no such overload');
    const found = value.get(field);
    if (found === undefined) throw new CelError(`no such key: ${field}`);
    return found;
  }

  private index({ target, index, optional }: Expr & { op: 'index' }, scope: Scope): Value {
    const value = this.run(target, scope);
    const key = this.run(index, scope);
    if (!optional && !(value instanceof Optional)) {
      const found = this.lookUp(value, key);
      if (found !== undefined) return found;
      throw new CelError(isList(value) ? `index out of bounds: ${show(key)}` : `no such key: ${show(key)}`);
    }
    const inner = value instanceof Optional ? value.value : value;
    return inner === undefined ? NONE : this.maybe(this.lookUp(inner, key));
  }

  private lookUp(value: Value, key: Value): Value | undefined {
    if (value !== null && isMap(value)) return value.get(key);
    if (!isList(value)) throw new CelError('no such overload');
    const at = key instanceof Uint ? key.value : key;
    if (typeof at !== 'bigint' && !(typeof at === 'number' && Number.isInteger(at)))
      throw new CelError(`unsupported index type '${typeName(key)}' in list`);
    return value[Number(at)];
  }

  private apply(name: string, hasTarget: boolean, values: readonly Value[]): Value {
    const overloads = FUNCTIONS.get(name);
    if (overloads === undefined) throw new CelError(`no such overload: ${name}`);
    // Whatever a function does with a text or a list, it may look at all of it.
    for (const value of values) if (typeof value === 'string' || isList(value)) this.meter.spend(value.length / 10);
    return dispatch(overloads, hasTarget, values).call(values, this.host);
  }

  private binary({ operator, left, right }: Expr & { op: 'binary' }, scope: Scope): Value {
    if (operator === '&&' || operator === '||') return this.logical(operator === '||', left, right, scope);
    const a = this.run(left, scope);
    const b = this.run(right, scope);
    if (operator === '==') return equal(a, b, this.meter.spend);
    if (operator === '!=') return !equal(a, b, this.meter.spend);
    return quick(operator, a, b) ?? this.apply(operator === 'in' ? '@in' : `_${operator}_`, false, [a, b]);
  }

  /** One side that decides makes the failure of the other irrelevant, in whatever order they stand. */
  private logical(decisive: boolean, left: Expr, right: Expr, scope: Scope): Value {
    const a = this.attempt(left, scope);
    if (a === decisive) return decisive;
    const b = this.attempt(right, scope);
    if (b === decisive) return decisive;
    for (const side of [a, b]) if (side instanceof CelError) throw side;
    return !decisive;
  }

  private attempt(expr: Expr, scope: Scope): boolean | CelError {
    try {
      return this.truth(this.run(expr, scope));
    } catch (error) {
      if (error instanceof CelError && !(error instanceof CostExceeded)) return error;
      throw error;
    }
  }

  private call(expr: Expr & { op: 'call' }, scope: Scope): Value {
    const macro = macroOf(expr);
    if (macro !== undefined) return this.macro(macro, scope);
    const { target, name, args } = expr;
    if (target === undefined)
      return this.apply(
        name,
        false,
        args.map((arg) => this.run(arg, scope)),
      );
    if (target.op === 'name' && isNamespace(target.name) && scope.get(target.name) === undefined) {
      return this.apply(
        `${target.name}.${name}`,
        false,
        args.map((arg) => this.run(arg, scope)),
      );
    }
    return this.apply(
      name,
      true,
      [target, ...args].map((arg) => this.run(arg, scope)),
    );
  }

  private macro(macro: Macro, scope: Scope): Value {
    switch (macro.macro) {
      case 'has':
        return this.has(macro.operand, scope);
      case 'bind':
        return this.run(macro.body, within(scope, [macro.name], [this.run(macro.value, scope)]));
      case 'optMap':
      case 'optFlatMap': {
        const value = this.run(macro.target, scope);
        if (!(value instanceof Optional)) throw new CelError('no such overload');
        if (value.value === undefined) return NONE;
        const result = this.run(macro.body, within(scope, [macro.name], [value.value]));
        return macro.macro === 'optMap' ? new Optional(result) : result;
      }
      default:
        return this.comprehension(macro, scope);
    }
  }

  private has({ target, field }: Expr & { op: 'select' }, scope: Scope): boolean {
    const value = this.run(target, scope);
    const inner = value instanceof Optional ? value.value : value;
    if (inner === undefined) return false;
    if (inner === null || !isMap(inner)) throw new CelError('no such overload');
    return inner.get(field) !== undefined;
  }

  private comprehension(macro: Comprehension, scope: Scope): Value {
    const { names, body, filter } = macro;
    const turns = this.turns(this.run(macro.range, scope), names, scope);
    if (macro.macro === 'all') return this.every(turns, body, false);
    if (macro.macro === 'exists') return !this.every(turns, body, true);
    const scopes = [...turns];
    if (macro.macro === 'exists_one') return scopes.filter((each) => this.truth(this.run(body, each))).length === 1;
    if (macro.macro === 'filter') return scopes.flatMap((each) => (this.truth(this.run(body, each)) ? [each.get(names[0] as string) as Value] : []));
    const chosen = filter ? scopes.filter((each) => this.truth(this.run(filter, each))) : scopes;
    const results = chosen.map((each) => this.run(body, each));
    if (macro.macro === 'map' || macro.macro === 'transformList') return results;
    if (macro.macro === 'transformMap')
      return new LiteralMap(results.map((value, i) => [chosen[i]?.get(names[0] as string) as Value, value] as const));
    return new LiteralMap(
      results.flatMap((entry) => {
        if (entry === null || !isMap(entry)) throw new CelError('no such overload');
        return entry.keys().map((key) => [key, entry.get(key) as Value] as const);
      }),
    );
  }

  /** Whether the body never says `decisive`; failures count only where nothing decides. */
  private every(scopes: Iterable<Scope>, body: Expr, decisive: boolean): boolean {
    let failure: CelError | undefined;
    for (const scope of scopes) {
      const result = this.attempt(body, scope);
      if (result === decisive) return false;
      if (result instanceof CelError) failure ??= result;
    }
    if (failure) throw failure;
    return true;
  }

  /** What the names stand for in each turn, one after the other. */
  private *turns(range: Value, names: readonly string[], scope: Scope): Generator<Scope> {
    const pair = names.length === 2;
    if (isList(range)) {
      for (const [i, item] of range.entries()) yield within(scope, names, pair ? [BigInt(i), item] : [item]);
      return;
    }
    if (range === null || !isMap(range)) throw new CelError('no such overload');
    this.meter.spend(range.size / 10);
    for (const key of range.keys()) yield within(scope, names, pair ? [key, range.get(key) as Value] : [key]);
  }
}

export const evaluate = (expr: Expr, scope: Scope, meter: Meter): Value => new Evaluation(meter).run(expr, scope);
