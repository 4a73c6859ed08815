import type { KeyField, ListMapShape, SetShape } from './shape.ts';

/** `k:{"containerPort":80,"protocol":"TCP"}` or `v:"kubernetes"`: what an item of a list is called in a set. */
export function elementOf(item: unknown, shape: ListMapShape | SetShape): string {
  return shape.kind === 'set' ? `v:${JSON.stringify(item)}` : keyElement(item, shape.keys);
}

export function keyElement(item: unknown, keys: readonly KeyField[]): string {
  let out = '';
  for (const key of keys) {
    const value = keyValue(item, key);
    if (value === undefined) continue;
    const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
    out += out === '' ? `k:{${key.label}${text}` : `,${key.label}${text}`;
  }
  return out === '' ? 'k:{}' : `${out}}`;
}

export function keyValue(item: unknown, key: KeyField): unknown {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, key.name)) return key.default;
  return (item as Record<string, unknown>)[key.name];
}

/** Whether two items of a list stand for the same thing. */
export const sameKeys = (a: unknown, b: unknown, keys: readonly KeyField[]): boolean => keys.every((key) => keyValue(a, key) === keyValue(b, key));

/** Items by element, in order of first appearance; items that share an element stay together. */
export function indexItems(list: readonly unknown[], shape: ListMapShape | SetShape): Map<string, unknown[]> {
  const index = new Map<string, unknown[]>();
  for (const item of list) {
    const element = elementOf(item, shape);
    const same = index.get(element);
    if (same === undefined) index.set(element, [item]);
    else same.push(item);
  }
  return index;
}

/** `.spec.containers[name="web"].image`, as upstream prints a path. */
export const showPath = (path: readonly string[]): string => path.map(showElement).join('');

export function showElement(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) return `.${rest}`;
  if (element.startsWith('v:')) return `[=${rest}]`;
  if (element.startsWith('i:')) return `[${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
  return `[${keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}
