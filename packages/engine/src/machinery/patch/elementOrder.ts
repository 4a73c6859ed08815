import { isObject, type Json, own } from './plain.ts';
import { badArgType, badElementOrder, noMergeKey, orderMismatch } from './strategicErrors.ts';

// The order of a merged list. Models normalizeElementOrder in k8s.io/apimachinery/pkg/util/strategicpatch/patch.go.

/** What an item is known by: the value of its merge key, or itself. */
export function identity(item: Json, mergeKey: string | undefined): Json | undefined {
  if (mergeKey === undefined) return item;
  return isObject(item) ? own(item, mergeKey) : undefined;
}

function indexOf(list: readonly Json[], item: Json, mergeKey: string | undefined): number {
  const wanted = identity(item, mergeKey);
  return wanted === undefined ? -1 : list.findIndex((other) => identity(other, mergeKey) === wanted);
}

/**
 * Items that the patch speaks of come in the patch's order, the others keep the order they have on the server,
 * and each of those goes before the first patched item that it precedes there.
 */
export function inOrder(merged: Json[], patchOrder: readonly Json[], serverOrder: readonly Json[], mergeKey: string | undefined): Json[] {
  const patched: Json[] = [];
  const serverOnly: Json[] = [];
  for (const item of merged) (indexOf(patchOrder, item, mergeKey) >= 0 ? patched : serverOnly).push(item);
  const sorted = (items: Json[], order: readonly Json[]): Json[] => {
    const rank = new Map(items.map((item) => [item, indexOf(order, item, mergeKey)]));
    return items.sort((a, b) => (rank.get(a) as number) - (rank.get(b) as number));
  };
  return interleave(sorted(serverOnly, serverOrder), sorted(patched, patchOrder), serverOrder, mergeKey);
}

function interleave(serverOnly: Json[], patched: Json[], serverOrder: readonly Json[], mergeKey: string | undefined): Json[] {
  const out: Json[] = [];
  let left = 0;
  for (const item of patched) {
    const at = indexOf(serverOrder, item, mergeKey);
    while (left < serverOnly.length) {
      const candidate = indexOf(serverOrder, serverOnly[left] as Json, mergeKey);
      if (candidate < 0 || at < 0 || candidate >= at) break;
      out.push(serverOnly[left++] as Json);
    }
    out.push(item);
  }
  return [...out, ...serverOnly.slice(left)];
}

/** The patch's own items have to appear in $setElementOrder, in the same order. */
export function checkElementOrder(patch: Json[] | undefined, order: Json, mergeKey: string | undefined): Json[] {
  if (!Array.isArray(order)) throw badArgType([], order);
  if (patch === undefined || patch.length === 0 || order.length === 0) return order;
  const kept = patch.filter((item) => !isObject(item) || !Object.hasOwn(item, '$patch'));
  let at = 0;
  for (const place of order) {
    if (at >= kept.length) break;
    const item = kept[at] as Json;
    for (const side of [item, place]) requireKey(side, mergeKey);
    if (identity(item, mergeKey) === identity(place, mergeKey)) at++;
  }
  if (at < kept.length) throw orderMismatch(patch, order);
  return order;
}

function requireKey(item: Json, mergeKey: string | undefined): void {
  if (mergeKey === undefined) return;
  if (!isObject(item)) throw badArgType({}, item);
  if (!Object.hasOwn(item, mergeKey)) throw noMergeKey(item, mergeKey);
}

export const directiveTarget = (key: string, prefix: string): string => {
  const target = key.slice(prefix.length);
  if (!target.startsWith('/')) throw badElementOrder();
  return target.slice(1);
};
