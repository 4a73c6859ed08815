import type { KubeObject } from '../core/object.ts';
import { deviceRelease } from './devices/release.ts';
import type { Cycle, PostFilter, PostFilterResult, Rejection } from './framework.ts';
import { defaultPreemption } from './preemption/plugin.ts';

export const DEFAULT_POST_FILTERS: readonly PostFilter[] = [deviceRelease, defaultPreemption];

/** All plugins are heard; their sentences are joined. Models RunPostFilterPlugins. */
export function runPostFilters(filters: readonly PostFilter[], cycle: Cycle, rejected: ReadonlyMap<string, Rejection>): PostFilterResult {
  const messages: string[] = [];
  const updates: KubeObject[] = [];
  let nominatedNode: string | undefined;
  for (const filter of filters) {
    const result = filter.run(cycle, rejected);
    if (result.nominatedNode) return { ...result, updates };
    nominatedNode ??= result.nominatedNode;
    updates.push(...(result.updates ?? []));
    if (result.message !== '') messages.push(result.message);
  }
  return { message: messages.join(', '), updates, ...(nominatedNode === undefined ? {} : { nominatedNode }) };
}
