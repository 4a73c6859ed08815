import type { ObjectKey } from './key.ts';
import type { KubeObject } from './object.ts';

/** A write whose revision is known. */
export interface Written {
  key: ObjectKey;
  object: KubeObject;
  revision: number;
}

/** Writes by their revisions; what is removed goes under those that neither they nor the `others` have. */
export function interleave(removed: readonly ObjectKey[], written: readonly Written[], after: number, others: readonly { revision: number }[]) {
  const taken = new Set([...written, ...others].map((each) => each.revision));
  let free = after;
  const removals = removed.map((key) => {
    do free++;
    while (taken.has(free));
    return { key, revision: free, object: undefined };
  });
  return [...removals, ...written].sort((a, b) => a.revision - b.revision);
}
