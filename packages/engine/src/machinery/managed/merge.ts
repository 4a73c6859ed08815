import type { Definition } from '@vivakube/schema';
import { equalJson } from '../../core/json.ts';
import { indexItems } from './listKeys.ts';
import { DEDUCED_SHAPE, type ListMapShape, type SetShape, type Shape, structShape } from './shape.ts';

type Data = Record<string, unknown>;
const isMap = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The live object with the configuration laid over it; the live object itself where that changes nothing. Models typed/merge.go of structured-merge-diff. */
export function mergeApplied(live: object, config: object, definition: Definition): object {
  return mergeValue(live, config, structShape(definition)) as object;
}

/** Undefined stands for a field that is gone. */
function mergeValue(live: unknown, config: unknown, shape: Shape): unknown {
  if (config === undefined || config === live) return live;
  if (live === undefined || live === null) return withoutNulls(config);
  const granular = shape.kind !== 'leaf';
  if (granular && config === null && typeof live === 'object') return live;
  if (isMap(live) && isMap(config) && (shape.kind === 'struct' || shape.kind === 'map' || shape.kind === 'deduced'))
    return mergeMap(live, config, shape);
  if (Array.isArray(live) && Array.isArray(config) && (shape.kind === 'listMap' || shape.kind === 'set')) return mergeLists(live, config, shape);
  if (config === null) return undefined;
  return equalJson(live, config) ? live : withoutNulls(config);
}

export function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map((item) => (item === null ? null : withoutNulls(item)));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([, child]) => child !== null);
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutNulls(child)]));
}

function childShape(shape: Shape, key: string): Shape {
  if (shape.kind === 'struct') return shape.member(key).shape;
  return shape.kind === 'map' ? shape.item : DEDUCED_SHAPE;
}

function mergeMap(live: Data, config: Data, shape: Shape): Data {
  const changes: [string, unknown][] = [];
  for (const key of Object.keys(config)) {
    const known = Object.hasOwn(live, key) ? live[key] : undefined;
    const merged = mergeValue(known, config[key], childShape(shape, key));
    if (merged !== known) changes.push([key, merged]);
  }
  if (changes.length === 0) return live;
  const entries = new Map(Object.entries(live));
  for (const [key, value] of changes) {
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
  }
  return Object.fromEntries(entries);
}

function mergeLists(live: unknown[], config: unknown[], shape: ListMapShape | SetShape): unknown[] {
  const mine = indexItems(config, shape);
  const theirs = indexItems(live, shape);
  const merged = mergedOrder([...theirs.keys()], [...mine.keys()]).flatMap((element) => {
    const known = theirs.get(element) ?? [];
    const wanted = mine.get(element);
    if (wanted === undefined) return known;
    // Items that share their key cannot be told apart: what is applied replaces them all.
    if (known.length !== 1) return wanted.map(withoutNulls);
    return [shape.kind === 'set' ? known[0] : mergeValue(known[0], wanted[0], shape.item)];
  });
  return merged.length === live.length && merged.every((item, i) => item === live[i]) ? live : merged;
}

/** Items in both come in the applied order; those only live keep their place among them. */
export function mergedOrder(live: readonly string[], applied: readonly string[]): string[] {
  const known = new Set(live);
  const wanted = new Set(applied);
  const shared = applied.filter((element) => known.has(element));
  const out: string[] = [];
  let [l, r, next] = [0, 0, 0];
  for (;;) {
    const left = live[l];
    const right = applied[r];
    if (left === undefined && right === undefined) return out;
    if (left !== undefined && left !== right) {
      const isOnlyLive = !wanted.has(left);
      // A shared item whose turn has not come yet appears where the applied order has it.
      const comesLater = right === undefined || (next < shared.length && shared[next] !== left);
      if (isOnlyLive) out.push(left);
      if (isOnlyLive || comesLater) {
        l++;
        continue;
      }
    }
    out.push(right as string);
    if (shared[next] === right) next++;
    if (left === right) l++;
    r++;
  }
}
