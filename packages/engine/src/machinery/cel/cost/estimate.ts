import { type Comprehension, type Macro, macroOf } from '../macros.ts';
import { isNamespace } from '../overload.ts';
import type { Expr } from '../syntax.ts';
import { type CelType, DYN } from '../types.ts';
import { Uint } from '../values.ts';
import { compared, libraryCost, operatorCost, type SizeAt, type Sized, standardCost } from './functions.ts';
import { either, fixed, NOTHING, ONE, plus, type Range, times, UNKNOWN } from './range.ts';

const [LIST_COST, MAP_COST, MESSAGE_COST] = [fixed(10), fixed(30), fixed(40)];
const SCALARS = ['bool', 'double', 'duration', 'int', 'timestamp', 'uint'];

/** Sizes of the keys (or places) and values of a list or map that the expression makes. */
interface EntrySizes {
  container: 'list' | 'map';
  key: Range;
  value: Range;
}

const joinedEntries = (a: EntrySizes | undefined, b: EntrySizes | undefined): EntrySizes | undefined =>
  a && b && { container: a.container, key: either(a.key, b.key), value: either(a.value, b.value) };

interface Local {
  path: readonly string[];
  size: Range | undefined;
  entries: EntrySizes | undefined;
}

/** Models the coster in checker/cost.go of cel-go; what macros stand for is costed without being written out. */
class Estimation {
  private readonly paths = new Map<Expr, readonly string[]>();
  private readonly sizes = new Map<Expr, Range>();
  private readonly entrySizes = new Map<Expr, EntrySizes>();
  private readonly locals = new Map<string, Local[]>();

  constructor(
    private readonly types: ReadonlyMap<Expr, CelType>,
    private readonly sizeAt: SizeAt,
  ) {}

  cost(expr: Expr): Range {
    switch (expr.op) {
      case 'literal':
        return NOTHING;
      case 'name':
        this.paths.set(expr, this.local(expr.name)?.path ?? [expr.name]);
        return ONE;
      case 'select':
        return this.select(expr);
      case 'index':
        return this.index(expr);
      case 'call':
        return this.call(expr);
      case 'unary':
        return plus(ONE, this.cost(expr.operand));
      case 'binary':
        return this.binary(expr);
      case 'conditional':
        return this.conditional(expr);
      case 'list':
        return this.list(expr);
      case 'map':
        return this.map(expr);
      case 'message':
        return plus(MESSAGE_COST, ...expr.fields.map(({ value }) => this.cost(value)));
    }
  }

  private typeOf(expr: Expr): CelType {
    return this.types.get(expr) ?? DYN;
  }

  private local(name: string): Local | undefined {
    return this.locals.get(name)?.at(-1);
  }

  private within<T>(name: string, local: Local, run: () => T): T {
    const stack = this.locals.get(name) ?? [];
    this.locals.set(name, [...stack, local]);
    const result = run();
    this.locals.set(name, stack);
    return result;
  }

  private pathOf(expr: Expr): readonly string[] {
    return (expr.op === 'name' ? this.local(expr.name)?.path : undefined) ?? this.paths.get(expr) ?? [];
  }

  private sized(expr: Expr): Sized {
    return { expr, type: this.typeOf(expr), path: this.pathOf(expr), size: this.sizeOf(expr) };
  }

  private sizeOf(expr: Expr): Range | undefined {
    const known = this.sizes.get(expr) ?? literalSize(expr);
    if (known) return known;
    const path = this.pathOf(expr);
    const found = path.length > 0 ? this.sizeAt(path) : undefined;
    if (found) {
      this.sizes.set(expr, found);
      return found;
    }
    return scalarSize(this.typeOf(expr)) ?? (expr.op === 'name' ? this.local(expr.name)?.size : undefined);
  }

  private sizeOrUnknown(expr: Expr): Range {
    return this.sizeOf(expr) ?? UNKNOWN;
  }

  private entriesOf(expr: Expr): EntrySizes | undefined {
    return this.entrySizes.get(expr) ?? (expr.op === 'name' ? this.local(expr.name)?.entries : undefined);
  }

  private select(expr: Expr & { op: 'select' }): Range {
    const operand = this.cost(expr.target);
    if (expr.optional || this.typeOf(expr.target).kind === 'optional') return plus(ONE, operand);
    this.paths.set(expr, [...this.pathOf(expr.target), expr.field]);
    const { kind } = this.typeOf(expr.target);
    return kind === 'map' || kind === 'object' || kind === 'parameter' ? plus(operand, ONE) : operand;
  }

  private index(expr: Expr & { op: 'index' }): Range {
    const cost = plus(ONE, this.cost(expr.target), this.cost(expr.index));
    const { kind } = this.typeOf(expr.target);
    if (expr.optional || (kind !== 'list' && kind !== 'map')) return cost;
    const size = this.entriesOf(expr.target)?.value;
    this.paths.set(expr, [...this.pathOf(expr.target), kind === 'list' ? '@items' : '@values']);
    if (size) this.sizes.set(expr, size);
    return cost;
  }

  private binary(expr: Expr & { op: 'binary' }): Range {
    const { operator, left, right } = expr;
    const [a, b] = [this.cost(left), this.cost(right)];
    if (operator === '&&' || operator === '||') return { min: a.min, max: plus(a, b).max };
    const operands = [this.sized(left), this.sized(right)] as const;
    if (operator === '==' || operator === '!=') return plus(compared(operands[0], operands[1], this.sizeAt), a, b);
    const { cost, size } = operatorCost(operator, operands, this.sizeAt);
    if (size) this.sizes.set(expr, size);
    const entries = joinedEntries(this.entriesOf(left), this.entriesOf(right));
    if (operator === '+' && entries) this.entrySizes.set(expr, entries);
    return plus(cost, a, b);
  }

  private conditional(expr: Expr & { op: 'conditional' }): Range {
    const { test, whenTrue, otherwise } = expr;
    const [asked, yes, no] = [this.cost(test), this.cost(whenTrue), this.cost(otherwise)];
    this.sizes.set(expr, either(this.sizeOrUnknown(whenTrue), this.sizeOrUnknown(otherwise)));
    const entries = joinedEntries(this.entriesOf(whenTrue), this.entriesOf(otherwise));
    if (entries) this.entrySizes.set(expr, entries);
    return plus(asked, either(yes, no));
  }

  private spread(exprs: readonly Expr[]): Range {
    return exprs.length === 0 ? NOTHING : exprs.map((expr) => this.sizeOrUnknown(expr)).reduce(either);
  }

  private list(expr: Expr & { op: 'list' }): Range {
    const costs = expr.items.map((item) => this.cost(item));
    this.entrySizes.set(expr, { container: 'list', key: ONE, value: this.spread(expr.items) });
    return plus(LIST_COST, ...costs);
  }

  private map(expr: Expr & { op: 'map' }): Range {
    const costs = expr.entries.flatMap(({ key, value }) => [this.cost(key), this.cost(value)]);
    const [keys, values] = [expr.entries.map(({ key }) => key), expr.entries.map(({ value }) => value)];
    this.entrySizes.set(expr, { container: 'map', key: this.spread(keys), value: this.spread(values) });
    return plus(MAP_COST, ...costs);
  }

  private call(expr: Expr & { op: 'call' }): Range {
    const macro = macroOf(expr);
    if (macro) return this.macro(macro, expr);
    const { name, target, args } = expr;
    const costs = args.map((arg) => this.cost(arg));
    if (!target && name === 'dyn' && args[0]) return this.unwrapped(expr, args[0], costs[0] as Range);
    const prefix = target?.op === 'name' && isNamespace(target.name) && !this.types.has(target) ? target.name : undefined;
    const receiver = target && prefix === undefined ? target : undefined;
    const received = receiver ? this.cost(receiver) : NOTHING;
    const sized = args.map((arg) => this.sized(arg));
    const about = receiver && this.sized(receiver);
    const fullName = prefix === undefined ? name : `${prefix}.${name}`;
    const found = libraryCost(fullName, about, sized, this.sizeAt) ?? standardCost(fullName, about, sized, this.sizeAt);
    if (found.size) this.sizes.set(expr, found.size);
    return plus(received, found.cost, ...costs);
  }

  /** `dyn` switches the checks of types off and nothing else. */
  private unwrapped(expr: Expr, arg: Expr, cost: Range): Range {
    this.copySizes(expr, arg);
    return plus(ONE, cost);
  }

  private copySizes(to: Expr, from: Expr): void {
    const [size, entries] = [this.sizeOf(from), this.entriesOf(from)];
    if (size) this.sizes.set(to, size);
    if (entries) this.entrySizes.set(to, entries);
  }

  private macro(macro: Macro, expr: Expr): Range {
    switch (macro.macro) {
      case 'has':
        return this.cost(macro.operand.target);
      case 'bind': {
        const bound = this.bound(macro.name, macro.value, this.cost(macro.value), macro.body);
        this.copySizes(expr, macro.body);
        return bound;
      }
      case 'optMap':
      case 'optFlatMap': {
        const target = plus(this.cost(macro.target), ONE);
        const body = this.bound(macro.name, undefined, target, macro.body);
        return plus(target, either(macro.macro === 'optMap' ? plus(ONE, body) : body, ONE));
      }
      default:
        return this.comprehension(macro, expr);
    }
  }

  private bound(name: string, value: Expr | undefined, cost: Range, body: Expr): Range {
    const local: Local = {
      path: value ? this.pathOf(value) : [],
      size: value && this.sizeOf(value),
      entries: value && this.entriesOf(value),
    };
    return plus(
      LIST_COST,
      cost,
      this.within(name, local, () => this.cost(body)),
    );
  }

  private comprehension(macro: Comprehension, expr: Expr): Range {
    const { range } = macro;
    const ranged = this.cost(range);
    const count = this.sizeOrUnknown(range);
    const { start, turn, end } = this.inTurns(macro, () => this.turn(macro, expr));
    if (macro.macro === 'map' || macro.macro === 'filter' || macro.macro.startsWith('transform')) this.sizes.set(expr, count);
    return plus(ranged, start, end, times(count, turn));
  }

  /** Gives the names of a comprehension their paths and sizes. */
  private inTurns<T>({ range, names }: Comprehension, run: () => T): T {
    const entries = this.entriesOf(range);
    const isList = (entries?.container ?? this.typeOf(range).kind) === 'list';
    const path = this.pathOf(range);
    const key: Local = { path: [...path, isList ? '@indices' : '@keys'], size: entries?.key, entries: undefined };
    const value: Local = { path: [...path, isList ? '@items' : '@values'], size: entries?.value, entries: undefined };
    const [first, second] = names as [string, string | undefined];
    if (second !== undefined) return this.within(first, key, () => this.within(second, value, run));
    return this.within(first, isList ? value : key, run);
  }

  private itemSize(name: string, range: Expr): Range {
    const local = this.local(name);
    const type = this.typeOf(range);
    const item = type.kind === 'list' ? type.item : type.kind === 'map' ? type.key : DYN;
    return (local && this.sizeAt(local.path)) ?? scalarSize(item) ?? local?.size ?? UNKNOWN;
  }

  /** What a comprehension costs at its start, in each turn and at its end. Follows the expansions in parser/macro.go. */
  private turn({ macro, range, names, body, filter }: Comprehension, expr: Expr): { start: Range; turn: Range; end: Range } {
    const asked = filter ? this.cost(filter) : undefined;
    const cost = this.cost(body);
    const chosen = (step: Range): Range => (asked ? plus(asked, either(step, ONE)) : step);
    switch (macro) {
      case 'all':
      case 'exists':
        return { start: NOTHING, turn: plus(fixed(macro === 'all' ? 2 : 3), { min: 1, max: 1 + cost.max }), end: ONE };
      case 'exists_one':
        return { start: NOTHING, turn: plus(cost, { min: 1, max: 2 }), end: fixed(2) };
      case 'filter':
        this.entrySizes.set(expr, { container: 'list', key: ONE, value: either(NOTHING, this.itemSize(names[0] as string, range)) });
        return { start: LIST_COST, turn: plus(cost, { min: 1, max: 13 }), end: ONE };
      case 'map':
      case 'transformList':
        this.entrySizes.set(expr, { container: 'list', key: ONE, value: either(NOTHING, this.sizeOrUnknown(body)) });
        return { start: LIST_COST, turn: chosen(plus(fixed(12), cost)), end: ONE };
      default:
        return { start: MAP_COST, turn: chosen(plus(fixed(3), cost)), end: ONE };
    }
  }
}

function literalSize(expr: Expr): Range | undefined {
  if (expr.op === 'list') return fixed(expr.items.length);
  if (expr.op === 'map') return fixed(expr.entries.length);
  if (expr.op !== 'literal' || expr.value === null) return undefined;
  if (typeof expr.value === 'string') return fixed([...expr.value].length);
  return expr.value instanceof Uint || typeof expr.value !== 'object' ? ONE : fixed(expr.value.length);
}

function scalarSize(type: CelType): Range | undefined {
  if (type.kind === 'optional') return scalarSize(type.item);
  return type.kind === 'simple' && SCALARS.includes(type.name) ? ONE : undefined;
}

export type { SizeAt } from './functions.ts';
export type { Range } from './range.ts';

/** What an expression may cost at most, given how large its variables are. */
export const estimate = (expr: Expr, types: ReadonlyMap<Expr, CelType>, sizeAt: SizeAt): number => new Estimation(types, sizeAt).cost(expr).max;
