import { FUNCTIONS } from './library/index.ts';
import { type Comprehension, type Macro, macroOf } from './macros.ts';
import { isNamespace } from './overload.ts';
import type { Issue } from './problem.ts';
import type { Expr } from './syntax.ts';
import {
  assignable,
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DYN,
  INT,
  joined,
  listOf,
  mapOf,
  NULL,
  optionalOf,
  STRING,
  substitute,
  TYPE,
  typeText,
  UINT,
} from './types.ts';
import { typeNamed, Uint } from './values.ts';

/** Types of the variables, the nearest first. */
export interface Declarations {
  get: (name: string) => CelType | undefined;
  /** Types whose objects an expression may make: `Object.spec{replicas: 3}`. */
  made?: (type: string) => CelType | undefined;
}

const within = (outer: Declarations, names: readonly string[], types: readonly CelType[]): Declarations => ({
  ...outer,
  get: (name) => {
    const at = names.indexOf(name);
    return at < 0 ? outer.get(name) : types[at];
  },
});

/** Finds out what an expression is, and what in it cannot be. Models checker/checker.go of cel-go. */
class Checker {
  readonly issues: Issue[] = [];
  /** What each part of the expression is. */
  readonly types = new Map<Expr, CelType>();

  type(expr: Expr, scope: Declarations): CelType {
    const type = this.typeOf(expr, scope);
    this.types.set(expr, type);
    return type;
  }

  private typeOf(expr: Expr, scope: Declarations): CelType {
    switch (expr.op) {
      case 'literal':
        return literalType(expr.value);
      case 'name':
        return this.name(expr, scope);
      case 'select':
        return this.select(expr, scope);
      case 'index':
        return this.index(expr, scope);
      case 'call':
        return this.call(expr, scope);
      case 'binary':
        return this.binary(expr, scope);
      case 'unary':
        return this.apply(expr.operator === '!' ? '!_' : '-_', undefined, [this.type(expr.operand, scope)], expr.at);
      case 'conditional':
        this.wantBool(this.type(expr.test, scope), expr.test.at);
        return joined(this.type(expr.whenTrue, scope), this.type(expr.otherwise, scope));
      case 'list':
        return listOf(this.common(expr.items.map((value, i) => this.entry(value, expr.optional?.has(i) ?? false, scope))));
      case 'map':
        return mapOf(
          this.common(expr.entries.map(({ key }) => this.type(key, scope))),
          this.common(expr.entries.map(({ value, optional }) => this.entry(value, optional, scope))),
        );
      case 'message':
        return this.message(expr, scope);
    }
  }

  /** What is left out where it has no value is an optional, and counts as what it holds. */
  private entry(value: Expr, optional: boolean, scope: Declarations): CelType {
    const type = this.type(value, scope);
    if (!optional || type.kind === 'dyn') return type;
    if (type.kind === 'optional') return type.item;
    return this.report(value.at, `expected type 'optional_type(dyn)' but found '${typeText(type)}'`);
  }

  private message({ type: name, fields, at }: Expr & { op: 'message' }, scope: Declarations): CelType {
    const type = scope.made?.(name);
    if (type?.kind !== 'object') return this.report(at, `undeclared reference to '${name}' (in container '')`);
    for (const { key, value, optional } of fields) {
      const given = this.entry(value, optional, scope);
      const wanted = type.fields.get(key);
      if (!wanted) this.report(value.at, `undefined field '${key}'`);
      else if (!assignable(wanted, given, new Map())) {
        this.report(value.at, `expected type of field '${key}' is '${typeText(wanted)}' but provided type is '${typeText(given)}'`);
      }
    }
    return type;
  }

  private report(offset: number, text: string): CelType {
    this.issues.push({ offset, text });
    return DYN;
  }

  private wantBool(type: CelType, offset: number): void {
    if (!assignable(BOOL, type, new Map())) this.report(offset, `expected type 'bool' but found '${typeText(type)}'`);
  }

  private common(types: readonly CelType[]): CelType {
    return types.length === 0 ? DYN : types.reduce(joined);
  }

  private name({ name, at }: Expr & { op: 'name' }, scope: Declarations): CelType {
    const found = scope.get(name) ?? (typeNamed(name) && TYPE);
    return found ?? this.report(at, `undeclared reference to '${name}' (in container '')`);
  }

  private select({ target, field, optional, at }: Expr & { op: 'select' }, scope: Declarations): CelType {
    const qualified = target.op === 'name' ? scope.get(`${target.name}.${field}`) : undefined;
    if (qualified !== undefined) return qualified;
    const outer = this.type(target, scope);
    const asksSafely = optional || outer.kind === 'optional';
    const found = this.member(outer.kind === 'optional' ? outer.item : outer, field, at);
    return asksSafely ? optionalOf(found) : found;
  }

  private member(type: CelType, field: string, at: number): CelType {
    switch (type.kind) {
      case 'dyn':
        return DYN;
      case 'map':
        return type.value;
      case 'object':
        return type.fields.get(field) ?? this.report(at, `undefined field '${field}'`);
      default:
        return this.report(at, `type '${typeText(type)}' does not support field selection`);
    }
  }

  private index({ target, index, optional, at }: Expr & { op: 'index' }, scope: Declarations): CelType {
    const outer = this.type(target, scope);
    const key = this.type(index, scope);
    const inner = outer.kind === 'optional' ? outer.item : outer;
    const found = this.element(inner, key, at);
    return optional || outer.kind === 'optional' ? optionalOf(found) : found;
  }

  private element(type: CelType, key: CelType, at: number): CelType {
    if (type.kind === 'dyn') return DYN;
    if (type.kind === 'list' && assignable(INT, key, new Map())) return type.item;
    if (type.kind === 'map' && assignable(type.key, key, new Map())) return type.value;
    return this.report(at, `found no matching overload for '_[_]' applied to '(${typeText(type)}, ${typeText(key)})'`);
  }

  private binary({ operator, left, right, at }: Expr & { op: 'binary' }, scope: Declarations): CelType {
    const [a, b] = [this.type(left, scope), this.type(right, scope)];
    if (operator === '&&' || operator === '||') {
      this.wantBool(a, left.at);
      this.wantBool(b, right.at);
      return BOOL;
    }
    if (operator !== '==' && operator !== '!=') return this.apply(operator === 'in' ? '@in' : `_${operator}_`, undefined, [a, b], at);
    if (!assignable(a, b, new Map()) && !assignable(b, a, new Map())) this.noOverload(`_${operator}_`, undefined, [a, b], at);
    return BOOL;
  }

  private noOverload(name: string, target: CelType | undefined, args: readonly CelType[], at: number): CelType {
    const list = `(${args.map(typeText).join(', ')})`;
    return this.report(at, `found no matching overload for '${name}' applied to '${target ? `${typeText(target)}.` : ''}${list}'`);
  }

  private apply(name: string, target: CelType | undefined, args: readonly CelType[], at: number): CelType {
    const overloads = FUNCTIONS.get(name);
    if (overloads === undefined) return this.report(at, `undeclared reference to '${name}' (in container '')`);
    const results: CelType[] = [];
    for (const overload of overloads) {
      if ((overload.target === undefined) !== (target === undefined) || overload.args.length !== args.length) continue;
      const bindings = new Map<string, CelType>();
      const fits =
        (!target || assignable(overload.target as CelType, target, bindings)) &&
        overload.args.every((arg, i) => assignable(arg, args[i] as CelType, bindings));
      if (fits) results.push(substitute(overload.result, bindings));
    }
    return results.length === 0 ? this.noOverload(name, target, args, at) : results.reduce(joined);
  }

  private call(expr: Expr & { op: 'call' }, scope: Declarations): CelType {
    const macro = macroOf(expr);
    if (macro !== undefined) return this.macro(macro, scope);
    const { target, name, args, at } = expr;
    const types = (): CelType[] => args.map((arg) => this.type(arg, scope));
    if (target === undefined) return this.apply(name, undefined, types(), at);
    if (target.op === 'name' && isNamespace(target.name) && scope.get(target.name) === undefined)
      return this.apply(`${target.name}.${name}`, undefined, types(), at);
    return this.apply(name, this.type(target, scope), types(), at);
  }

  private macro(macro: Macro, scope: Declarations): CelType {
    switch (macro.macro) {
      case 'has':
        this.select(macro.operand, scope);
        return BOOL;
      case 'bind':
        return this.type(macro.body, within(scope, [macro.name], [this.type(macro.value, scope)]));
      case 'optMap':
      case 'optFlatMap': {
        const outer = this.type(macro.target, scope);
        const result = this.type(macro.body, within(scope, [macro.name], [outer.kind === 'optional' ? outer.item : DYN]));
        return macro.macro === 'optMap' ? optionalOf(result) : result;
      }
      default:
        return this.comprehension(macro, scope);
    }
  }

  private comprehension(macro: Comprehension, scope: Declarations): CelType {
    const range = this.type(macro.range, scope);
    const inner = within(scope, macro.names, this.turnTypes(range, macro.names.length === 2, macro.range.at));
    if (macro.filter) this.wantBool(this.type(macro.filter, inner), macro.filter.at);
    const body = this.type(macro.body, inner);
    switch (macro.macro) {
      case 'map':
      case 'transformList':
        return listOf(body);
      case 'transformMap':
        return mapOf(inner.get(macro.names[0] as string) ?? DYN, body);
      case 'transformMapEntry':
        return body;
    }
    this.wantBool(body, macro.body.at);
    return macro.macro === 'filter' ? listOf(inner.get(macro.names[0] as string) ?? DYN) : BOOL;
  }

  private turnTypes(range: CelType, pair: boolean, at: number): CelType[] {
    switch (range.kind) {
      case 'list':
        return pair ? [INT, range.item] : [range.item];
      case 'map':
        return pair ? [range.key, range.value] : [range.key];
      case 'dyn':
        return [DYN, DYN];
      default:
        this.report(at, `expression of type '${typeText(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`);
        return [DYN, DYN];
    }
  }
}

function literalType(value: (Expr & { op: 'literal' })['value']): CelType {
  if (value === null) return NULL;
  switch (typeof value) {
    case 'bigint':
      return INT;
    case 'number':
      return DOUBLE;
    case 'string':
      return STRING;
    case 'boolean':
      return BOOL;
  }
  return value instanceof Uint ? UINT : BYTES;
}

export function check(expr: Expr, declarations: Declarations): { type: CelType; issues: Issue[]; types: ReadonlyMap<Expr, CelType> } {
  const checker = new Checker();
  const type = checker.type(expr, declarations);
  return { type, issues: checker.issues, types: checker.types };
}

/** Whether an expression mentions a variable, outside of whatever hides it. */
export function mentions(expr: Expr, name: string): boolean {
  switch (expr.op) {
    case 'literal':
      return false;
    case 'name':
      return expr.name === name;
    case 'select':
      return mentions(expr.target, name);
    case 'index':
      return mentions(expr.target, name) || mentions(expr.index, name);
    case 'call':
      return [...(expr.target ? [expr.target] : []), ...expr.args].some((each) => mentions(each, name));
    case 'binary':
      return mentions(expr.left, name) || mentions(expr.right, name);
    case 'unary':
      return mentions(expr.operand, name);
    case 'conditional':
      return [expr.test, expr.whenTrue, expr.otherwise].some((each) => mentions(each, name));
    case 'list':
      return expr.items.some((each) => mentions(each, name));
    case 'map':
      return expr.entries.some(({ key, value }) => mentions(key, name) || mentions(value, name));
    case 'message':
      return expr.fields.some(({ value }) => mentions(value, name));
  }
}
