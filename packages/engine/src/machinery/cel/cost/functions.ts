import type { Expr } from '../syntax.ts';
import type { CelType } from '../types.ts';
import { either, fixed, NOTHING, ONE, plus, type Range, scaled, times, UNKNOWN } from './range.ts';

/** A part of an expression, as far as its size matters. */
export interface Sized {
  expr: Expr | undefined;
  type: CelType;
  path: readonly string[];
  size: Range | undefined;
}

/** What a call costs besides its arguments, and how large its result is. */
export interface CallCost {
  cost: Range;
  size?: Range;
}

/** Finds the size of what a path leads to. */
export type SizeAt = (path: readonly string[]) => Range | undefined;

export const TRAVERSAL = 0.1;
export const REGEX = 0.25;
/** Two such questions are all that one expression may ask. */
const AUTHORIZATION = 350_000;

const NOMINAL = new Set(
  (
    'serviceAccount path group resource subresource namespace name fieldSelector labelSelector allowed reason error errored masked prefixLength family isUnspecified ' +
    'isLoopback isLinkLocalMulticast isLinkLocalUnicast sign asInteger isInteger asApproximateFloat isGreaterThan isLessThan compareTo add sub'
  ).split(' '),
);

const sizeOf = (node: Sized, at: SizeAt): Range => node.size ?? at(node.path) ?? UNKNOWN;

function itemOf({ type, path }: Sized): Sized | undefined {
  const item = type.kind === 'list' ? type.item : type.kind === 'map' ? type.key : undefined;
  return item && { expr: undefined, type: item, path: path.length > 0 ? [...path, '@items'] : [], size: undefined };
}

const isText = (type: CelType): boolean => type.kind === 'simple' && (type.name === 'string' || type.name === 'bytes');

/** Comparing each item of a list, or looking through a text. */
function traversed(target: Sized, at: SizeAt): CallCost {
  const size = sizeOf(target, at);
  const item = itemOf(target);
  if (!item) return { cost: scaled(size, TRAVERSAL) };
  return { cost: times(size, isText(item.type) ? plus(ONE, scaled(sizeOf(item, at), TRAVERSAL)) : ONE) };
}

function replaced(target: Sized, [from, to]: readonly [Sized, Sized], at: SizeAt): CallCost {
  const [size, out, into] = [sizeOf(target, at), sizeOf(from, at), sizeOf(to, at)];
  const count = { min: 0, max: 0 };
  const kept = { min: 0, max: 0 };
  if (out.min === 0) [count.max, kept.max] = [size.max + 1, size.max];
  else if (into.max <= out.min) kept.max = size.max;
  else count.max = Math.ceil(size.max / out.min);
  if (out.max === 0) [count.min, kept.min] = [size.min + 1, size.min];
  else if (out.max <= into.min) kept.min = size.min;
  else count.min = Math.ceil(size.min / out.max);
  return { cost: scaled(size, 2 * TRAVERSAL), size: plus(times(count, into), kept) };
}

function joinedText(target: Sized, separator: Sized | undefined, at: SizeAt): CallCost {
  const count = sizeOf(target, at);
  const item = itemOf(target);
  const items = item ? times(count, sizeOf(item, at)) : NOTHING;
  const between = { min: Math.max(0, count.min - 1), max: Math.max(0, count.max - 1) };
  const size = separator ? plus(items, times(sizeOf(separator, at), between)) : items;
  return { cost: scaled(size, TRAVERSAL), size };
}

function matched(target: Sized, pattern: Sized, at: SizeAt): Range {
  return times(scaled(plus(sizeOf(target, at), ONE), TRAVERSAL), scaled(sizeOf(pattern, at), REGEX));
}

const ADDRESS_BYTES: Range = { min: 4, max: 16 };

function contains(arg: Sized, isRange: boolean, at: SizeAt): CallCost {
  const compared = scaled(plus(ADDRESS_BYTES, ADDRESS_BYTES), TRAVERSAL);
  const masked = isRange ? plus(scaled(ADDRESS_BYTES, TRAVERSAL), ONE) : NOTHING;
  return { cost: plus(compared, masked, isText(arg.type) ? scaled(sizeOf(arg, at), TRAVERSAL) : NOTHING) };
}

/** Models k8s.io/apiserver/pkg/cel/library/cost.go; undefined where it leaves the matter to cel-go. */
export function libraryCost(name: string, target: Sized | undefined, args: readonly Sized[], at: SizeAt): CallCost | undefined {
  const [first, second] = args;
  if (name === 'check') return { cost: fixed(AUTHORIZATION) };
  if (NOMINAL.has(name)) return { cost: ONE };
  if (name === 'url') return first && !target ? { cost: scaled(sizeOf(first, at), TRAVERSAL) } : undefined;
  if (name.startsWith('sets.') && first && second) {
    const size = times(sizeOf(first, at), sizeOf(second, at));
    return { cost: plus(scaled(size, name === 'sets.equivalent' ? 2 : 1), ONE) };
  }
  if (!target) return undefined;
  switch (name) {
    case 'isSorted':
    case 'sum':
    case 'max':
    case 'min':
    case 'indexOf':
    case 'lastIndexOf':
      return traversed(target, at);
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim': {
      const size = sizeOf(target, at);
      return { cost: scaled(size, TRAVERSAL), size };
    }
    case 'replace':
      return first && second ? replaced(target, [first, second], at) : undefined;
    case 'split': {
      const size = sizeOf(target, at);
      const limit = second?.expr?.op === 'literal' ? Number(second.expr.value) : undefined;
      return { cost: scaled(size, 2 * TRAVERSAL), size: { min: 0, max: limit === undefined ? size.max : limit } };
    }
    case 'join':
      return joinedText(target, first, at);
    case 'find':
    case 'findAll':
      return first ? { cost: matched(target, first, at), size: { min: 0, max: sizeOf(target, at).max } } : undefined;
    case 'ip':
      return { cost: ONE };
    case 'containsIP':
      return first && contains(first, false, at);
    case 'containsCIDR':
      return first && contains(first, true, at);
  }
  return undefined;
}

/** The functions of cel-go whose cost grows with their arguments. Models functionCost in checker/cost.go. */
export function standardCost(name: string, target: Sized | undefined, args: readonly Sized[], at: SizeAt): CallCost {
  const [first] = args;
  if (first) {
    const size = sizeOf(first, at);
    if (name === 'startsWith' || name === 'endsWith') return { cost: scaled(size, TRAVERSAL) };
    if (name === 'bytes' && isText(first.type)) return { cost: scaled(size, TRAVERSAL), size: { min: size.min, max: size.max * 4 } };
    if (name === 'string' && first.type.kind === 'simple' && first.type.name === 'bytes')
      return { cost: scaled(size, TRAVERSAL), size: { min: Math.floor(size.min / 4), max: size.max } };
    if (name === 'strings.quote') return { cost: scaled(size, TRAVERSAL), size: { min: size.min + 2, max: size.max * 2 + 2 } };
    if (target && name === 'matches') return { cost: matched(target, first, at) };
    if (target && name === 'contains') return { cost: times(scaled(sizeOf(target, at), TRAVERSAL), scaled(size, TRAVERSAL)) };
    if (target && name === 'format') return { cost: scaled(sizeOf(target, at), TRAVERSAL), size: plus(sizeOf(target, at), size) };
  }
  return { cost: ONE };
}

/** Looking at two values side by side goes on until the shorter one ends. */
export function compared(a: Sized, b: Sized, at: SizeAt): Range {
  const shorter = Math.min(sizeOf(a, at).max, sizeOf(b, at).max);
  return scaled({ min: shorter > 0 ? 1 : 0, max: shorter }, TRAVERSAL);
}

/** What an operator costs for operands of these types; where they could be several, all of it. */
export function operatorCost(operator: string, [a, b]: readonly [Sized, Sized], at: SizeAt): CallCost {
  const sizes = [sizeOf(a, at), sizeOf(b, at)] as const;
  const could = (kind: (type: CelType) => boolean): boolean => [a, b].every(({ type }) => type.kind === 'dyn' || kind(type));
  const surely = could(() => false);
  const [text, list] = [could(isText), could(({ kind }) => kind === 'list')];
  if (operator === '+') {
    const size = plus(...sizes);
    const joining = text ? scaled(size, TRAVERSAL) : undefined;
    if (!text && !list) return { cost: ONE };
    return { cost: joining && surely ? either(joining, ONE) : (joining ?? ONE), size };
  }
  if (operator === 'in') {
    const inList = b.type.kind === 'list' || b.type.kind === 'dyn' ? sizes[1] : undefined;
    return { cost: inList && b.type.kind === 'dyn' ? either(inList, ONE) : (inList ?? ONE) };
  }
  if (['<', '<=', '>', '>='].includes(operator) && text) {
    const cost = compared(a, b, at);
    return { cost: surely ? either(cost, ONE) : cost };
  }
  return { cost: ONE };
}
