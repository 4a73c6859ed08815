/**
 * A persistent ordered map from string to value: a copy-on-write B+ tree.
 * An update returns a new map and shares what it did not touch, so a state can be kept, compared or dropped for free.
 * A batch of updates by one owner (`edit`) copies each node at most once.
 */
const WIDTH = 32;

interface Leaf<V> {
  keys: string[];
  values: V[];
  owner: object | undefined;
}
interface Branch<V> {
  /** keys[i] is the smallest key below children[i]. */
  keys: string[];
  children: Node<V>[];
  owner: object | undefined;
}
type Node<V> = Leaf<V> | Branch<V>;

const isLeaf = <V>(node: Node<V>): node is Leaf<V> => 'values' in node;

/** Index of the first key >= wanted. */
function lowerBound(keys: string[], wanted: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the child that holds the wanted key. */
function childFor(keys: string[], wanted: string): number {
  const at = lowerBound(keys, wanted);
  return at < keys.length && keys[at] === wanted ? at : Math.max(0, at - 1);
}

function owned<V>(node: Node<V>, owner: object | undefined): Node<V> {
  if (owner !== undefined && node.owner === owner) return node;
  return isLeaf(node)
    ? { keys: node.keys.slice(), values: node.values.slice(), owner }
    : { keys: node.keys.slice(), children: node.children.slice(), owner };
}

/** Splits an over-full node in two and returns the right half. */
function split<V>(node: Node<V>, owner: object | undefined): Node<V> {
  const half = node.keys.length >>> 1;
  const keys = node.keys.splice(half);
  return isLeaf(node) ? { keys, values: node.values.splice(half), owner } : { keys, children: node.children.splice(half), owner };
}

interface Change {
  sizeDelta: number;
}

function put<V>(node: Node<V>, key: string, value: V, owner: object | undefined, change: Change): Node<V> {
  const mine = owned(node, owner);
  if (isLeaf(mine)) {
    const at = lowerBound(mine.keys, key);
    if (mine.keys[at] === key) {
      mine.values[at] = value;
    } else {
      mine.keys.splice(at, 0, key);
      mine.values.splice(at, 0, value);
      change.sizeDelta = 1;
    }
    return mine;
  }
  const at = childFor(mine.keys, key);
  const child = put(mine.children[at] as Node<V>, key, value, owner, change);
  mine.children[at] = child;
  if (child.keys.length > WIDTH) {
    const right = split(child, owner);
    mine.children.splice(at + 1, 0, right);
    mine.keys.splice(at + 1, 0, right.keys[0] as string);
  }
  mine.keys[at] = child.keys[0] as string;
  return mine;
}

function remove<V>(node: Node<V>, key: string, owner: object | undefined): Node<V> {
  const mine = owned(node, owner);
  if (isLeaf(mine)) {
    const at = lowerBound(mine.keys, key);
    mine.keys.splice(at, 1);
    mine.values.splice(at, 1);
    return mine;
  }
  const at = childFor(mine.keys, key);
  const child = remove(mine.children[at] as Node<V>, key, owner);
  if (child.keys.length === 0) {
    mine.children.splice(at, 1);
    mine.keys.splice(at, 1);
  } else {
    mine.children[at] = child;
    mine.keys[at] = child.keys[0] as string;
    mergeSmall(mine, at, owner);
  }
  return mine;
}

/** Joins a child that has become small with its right neighbour, so that range scans stay dense after many removals. */
function mergeSmall<V>(parent: Branch<V>, at: number, owner: object | undefined): void {
  const left = parent.children[at] as Node<V>;
  const right = parent.children[at + 1];
  if (right === undefined || left.keys.length + right.keys.length > WIDTH / 2) return;
  const joined = owned(left, owner);
  joined.keys.push(...right.keys);
  if (isLeaf(joined)) joined.values.push(...(right as Leaf<V>).values);
  else joined.children.push(...(right as Branch<V>).children);
  parent.children[at] = joined;
  parent.children.splice(at + 1, 1);
  parent.keys.splice(at + 1, 1);
}

function* scan<V>(node: Node<V>, from: string, prefix: string): Generator<[string, V], boolean> {
  const start = isLeaf(node) ? lowerBound(node.keys, from) : childFor(node.keys, from);
  for (let i = start; i < node.keys.length; i++) {
    if (isLeaf(node)) {
      const key = node.keys[i] as string;
      if (!key.startsWith(prefix)) return false;
      yield [key, node.values[i] as V];
    } else if (!(yield* scan(node.children[i] as Node<V>, from, prefix))) {
      return false;
    }
  }
  return true;
}

/** Collects what `scan` would yield: without a generator, because lists are what controllers do most. Whether there may be more. */
function collect<V>(node: Node<V>, prefix: string, into: V[] | undefined, keys: string[] | undefined): boolean {
  const start = isLeaf(node) ? lowerBound(node.keys, prefix) : childFor(node.keys, prefix);
  for (let i = start; i < node.keys.length; i++) {
    if (isLeaf(node)) {
      if (!(node.keys[i] as string).startsWith(prefix)) return false;
      into?.push(node.values[i] as V);
      keys?.push(node.keys[i] as string);
    } else if (!collect(node.children[i] as Node<V>, prefix, into, keys)) {
      return false;
    }
  }
  return true;
}

/** The first entry whose key is at or after `from`, if its key starts with the prefix. */
function firstFrom<V>(node: Node<V>, from: string, prefix: string): [string, V] | undefined {
  if (isLeaf(node)) {
    const at = lowerBound(node.keys, from);
    const key = node.keys[at];
    return key?.startsWith(prefix) ? [key, node.values[at] as V] : undefined;
  }
  const at = childFor(node.keys, from);
  const found = firstFrom(node.children[at] as Node<V>, from, prefix);
  const next = node.children[at + 1];
  // The child that would hold `from` may end before it.
  return found ?? (next === undefined || !(node.keys[at + 1] as string).startsWith(prefix) ? undefined : firstFrom(next, from, prefix));
}

export class Tree<V> {
  private constructor(
    private readonly root: Node<V> | undefined,
    readonly size: number,
  ) {}

  private static readonly none = new Tree<never>(undefined, 0);

  static empty<V>(): Tree<V> {
    return Tree.none as unknown as Tree<V>;
  }

  static from<V>(entries: Iterable<readonly [string, V]>): Tree<V> {
    const owner = {};
    let tree = Tree.empty<V>();
    for (const [key, value] of entries) tree = tree.set(key, value, owner);
    return tree;
  }

  get(key: string): V | undefined {
    let node = this.root;
    if (node === undefined) return undefined;
    while (!isLeaf(node)) node = node.children[childFor(node.keys, key)] as Node<V>;
    const at = lowerBound(node.keys, key);
    return node.keys[at] === key ? node.values[at] : undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** @param owner an identity under which nodes made earlier may be changed in place; one per batch, never reused. */
  set(key: string, value: V, owner?: object): Tree<V> {
    if (this.root === undefined) return new Tree<V>({ keys: [key], values: [value], owner }, 1);
    const change: Change = { sizeDelta: 0 };
    let root = put(this.root, key, value, owner, change);
    if (root.keys.length > WIDTH) {
      const right = split(root, owner);
      root = { keys: [root.keys[0] as string, right.keys[0] as string], children: [root, right], owner };
    }
    return new Tree<V>(root, this.size + change.sizeDelta);
  }

  delete(key: string, owner?: object): Tree<V> {
    if (this.root === undefined || !this.has(key)) return this;
    if (this.size === 1) return Tree.empty<V>();
    let root = remove(this.root, key, owner);
    while (!isLeaf(root) && root.children.length === 1) root = root.children[0] as Node<V>;
    return new Tree<V>(root, this.size - 1);
  }

  /** Entries whose key starts with the prefix, in key order, from the first key >= `from` on. */
  *entries(prefix = '', from = prefix): Generator<[string, V]> {
    if (this.root !== undefined) yield* scan(this.root, from < prefix ? prefix : from, prefix);
  }

  *values(prefix = ''): Generator<V> {
    for (const [, value] of this.entries(prefix)) yield value;
  }

  /** Values whose key starts with the prefix, in key order. */
  within(prefix: string): V[] {
    const found: V[] = [];
    if (this.root !== undefined) collect(this.root, prefix, found, undefined);
    return found;
  }

  keys(prefix = ''): string[] {
    const found: string[] = [];
    if (this.root !== undefined) collect(this.root, prefix, undefined, found);
    return found;
  }

  first(prefix = ''): [string, V] | undefined {
    return this.root === undefined ? undefined : firstFrom(this.root, prefix, prefix);
  }
}
