import type { Cycle, PostFilter, PostFilterResult, Rejection } from './framework.ts';
import { defaultPreemption } from './preemption/plugin.ts';

/** Models pkg/scheduler/framework/plugins/dynamicresources PostFilter for pods without claims. */
const dynamicResources: PostFilter = { name: 'DynamicResources', run: () => ({ message: 'no new claims to deallocate' }) };

export const DEFAULT_POST_FILTERS: readonly PostFilter[] = [dynamicResources, defaultPreemption];

/** All plugins are heard; their sentences are joined. Models RunPostFilterPlugins. */
export function runPostFilters(filters: readonly PostFilter[], cycle: Cycle, rejected: ReadonlyMap<string, Rejection>): PostFilterResult {
  const messages: string[] = [];
  let nominatedNode: string | undefined;
  for (const filter of filters) {
    const result = filter.run(cycle, rejected);
    if (result.nominatedNode) return result;
    nominatedNode ??= result.nominatedNode;
    if (result.message !== '') messages.push(result.message);
  }
  return { message: messages.join(', '), ...(nominatedNode === undefined ? {} : { nominatedNode }) };
}
