/**
 * A set of fields in the very form in which managedFields[].fieldsV1 keeps it, so that nothing is ever converted:
 * `f:<name>`, `k:<keys as JSON>` and `v:<value as JSON>` lead to children, `{}` is a member without children, and `.` makes a
 * node with children a member too. The root is no member: there, `{}` is the empty set.
 * Sets are immutable and share what they have in common. Models sigs.k8s.io/structured-merge-diff/fieldpath.
 */
export interface FieldSet {
  readonly [element: string]: FieldSet;
}
export type MutableSet = { [element: string]: FieldSet };

export const EMPTY_SET: FieldSet = Object.freeze({});
export const LEAF: FieldSet = EMPTY_SET;
const MEMBER_ONLY: FieldSet = Object.freeze({ '.': LEAF });

export function isEmpty(set: FieldSet): boolean {
  for (const _ in set) return false;
  return true;
}

const isMember = (node: FieldSet): boolean => node['.'] !== undefined || isEmpty(node);

/** A node made of what is left: a leaf if only membership is, undefined if nothing. */
function remainder(node: FieldSet): FieldSet | undefined {
  let only = true;
  let any = false;
  for (const key in node) {
    any = true;
    if (key !== '.') only = false;
  }
  if (!any) return undefined;
  return only ? LEAF : node;
}

/** Canonical if `a` is, whatever the order of `b`. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmpty(b)) return a;
  return isEmpty(a) ? canonical(b) : joined(a, b);
}

function joined(a: FieldSet, b: FieldSet): FieldSet {
  let out: MutableSet | undefined;
  let grown = false;
  for (const key in b) {
    const theirs = b[key] as FieldSet;
    const ours = a[key];
    if (ours === undefined) {
      out ??= { ...a };
      out[key] = canonical(theirs);
      grown = true;
    } else {
      const both = joinedNodes(ours, theirs);
      if (both === ours) continue;
      out ??= { ...a };
      out[key] = both;
    }
  }
  if (out === undefined) return a;
  return grown ? sorted(out) : out;
}

function joinedNodes(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  const [emptyA, emptyB] = [isEmpty(a), isEmpty(b)];
  if (emptyA && emptyB) return a;
  return joined(emptyA ? MEMBER_ONLY : a, emptyB ? MEMBER_ONLY : b);
}

/** Members of `a` that are not members of `b`; children of a member of `b` stay. */
export const difference = (a: FieldSet, b: FieldSet): FieldSet => without(a, b, false);

/** As difference, but a member of `b` takes its children with it. */
export const recursiveDifference = (a: FieldSet, b: FieldSet): FieldSet => without(a, b, true);

function without(a: FieldSet, b: FieldSet, deep: boolean): FieldSet {
  if (a === b) return EMPTY_SET;
  let out: MutableSet | undefined;
  for (const key in b) {
    const ours = a[key];
    if (ours === undefined || key === '.') continue;
    const rest = nodeWithout(ours, b[key] as FieldSet, deep);
    if (rest === ours) continue;
    out ??= { ...a };
    if (rest === undefined) delete out[key];
    else out[key] = rest;
  }
  return out ?? a;
}

function nodeWithout(a: FieldSet, b: FieldSet, deep: boolean): FieldSet | undefined {
  const lost = isMember(b);
  if (lost && deep) return undefined;
  if (isEmpty(a)) return lost ? undefined : a;
  const children = without(a, b, deep);
  if (!lost || children['.'] === undefined) return children === a ? a : remainder(children);
  const { '.': _, ...rest } = children;
  return remainder(rest);
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  const out: MutableSet = {};
  for (const key in a) {
    const theirs = b[key];
    if (theirs === undefined) continue;
    const both = commonNode(a[key] as FieldSet, theirs);
    if (both !== undefined) out[key] = both;
  }
  return out;
}

function commonNode(a: FieldSet, b: FieldSet): FieldSet | undefined {
  if (a === b) return a;
  const out: MutableSet = {};
  if (isMember(a) && isMember(b)) out['.'] = LEAF;
  for (const key in a) {
    if (key === '.') continue;
    const theirs = b[key];
    const both = theirs && commonNode(a[key] as FieldSet, theirs);
    if (both !== undefined) out[key] = both;
  }
  return remainder(out);
}

export function equalSets(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true;
  let count = 0;
  for (const key in a) {
    count++;
    const theirs = b[key];
    if (theirs === undefined || !equalSets(a[key] as FieldSet, theirs)) return false;
  }
  for (const _ in b) count--;
  return count === 0;
}

/** Whether every member of `a` is one of `b`. */
export const isSubset = (a: FieldSet, b: FieldSet): boolean => isEmpty(difference(a, b));

/** Calls for each member, a node before its children; the path is reused. */
export function eachMember(set: FieldSet, visit: (path: readonly string[]) => void, path: string[] = []): void {
  const keys = Object.keys(set).filter((key) => key !== '.');
  for (const key of keys) if (isMember(set[key] as FieldSet)) visit([...path, key]);
  for (const key of keys) eachMember(set[key] as FieldSet, visit, [...path, key]);
}

/** The same set with every node's elements in upstream's order. */
export function canonical(set: FieldSet): FieldSet {
  if (isSettled(set)) return set;
  let out: MutableSet | undefined;
  for (const key in set) {
    const child = set[key] as FieldSet;
    const ordered = canonical(child);
    if (ordered === child) continue;
    out ??= { ...set };
    out[key] = ordered;
  }
  return sorted(out ?? set);
}

const settledSets = new WeakSet<FieldSet>();

/** Marks a set that is canonical already, and shared by those who own the same. */
export function settled(set: FieldSet): FieldSet {
  settledSets.add(set);
  return set;
}

export const isSettled = (set: FieldSet): boolean => settledSets.has(set);

function sorted(set: FieldSet): FieldSet {
  let last: string | undefined;
  for (const key in set) {
    if (last !== undefined && compareElements(last, key) > 0) return resorted(set);
    last = key;
  }
  return set;
}

const ORDERS_MAX = 1000;
/** Objects of one kind come with their fields in few different orders. */
const orders = new Map<string, readonly string[]>();

function resorted(set: FieldSet): FieldSet {
  const keys = Object.keys(set);
  const id = keys.join('\n');
  let order = orders.get(id);
  if (!order) {
    if (orders.size >= ORDERS_MAX) orders.clear();
    order = keys.sort(compareElements);
    orders.set(id, order);
  }
  const out: MutableSet = {};
  for (const key of order) out[key] = set[key] as FieldSet;
  return out;
}

const LETTER_K = 107;
const LETTER_V = 118;

/** Field names go first, then keys, then values, which is also their order as text; only numbers want a closer look. */
export function compareElements(a: string, b: string): number {
  const prefix = a.charCodeAt(0);
  if (prefix === b.charCodeAt(0) && (prefix === LETTER_K || prefix === LETTER_V) && !differsInText(a, b)) {
    return compareJson(JSON.parse(a.slice(2)), JSON.parse(b.slice(2)));
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether the first difference is between two letters, so that it decides. */
function differsInText(a: string, b: string): boolean {
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return isLetter(a.charCodeAt(i)) && isLetter(b.charCodeAt(i));
}

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

function compareJson(a: unknown, b: unknown): number {
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const [left, right] = [Object.entries(a), Object.entries(b)];
    for (let i = 0; i < Math.min(left.length, right.length); i++) {
      const [name, value] = left[i] as [string, unknown];
      const [otherName, otherValue] = right[i] as [string, unknown];
      const order = name === otherName ? compareJson(value, otherValue) : name < otherName ? -1 : 1;
      if (order !== 0) return order;
    }
    return left.length - right.length;
  }
  if (typeof a !== typeof b) return rank(a) - rank(b);
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

// Models value.Compare of structured-merge-diff: numbers, strings, booleans, null.
const rank = (value: unknown): number => ['number', 'string', 'boolean'].indexOf(typeof value) + (value === null ? 10 : 0);
