import { fitMessage } from './fit-error.ts';
import { type Cycle, type PostFilter, type Rejection, reject } from './framework.ts';

const NAME = 'DefaultPreemption';
const NO_VICTIMS = reject(NAME, 'Unschedulable', 'No preemption victims found for incoming pod');
const NO_HELP = reject(NAME, 'UnschedulableAndUnresolvable', 'Preemption is not helpful for scheduling');

/** Models pkg/scheduler/framework/plugins/dynamicresources PostFilter for pods without claims. */
const dynamicResources: PostFilter = { name: 'DynamicResources', run: () => ({ message: 'no new claims to deallocate' }) };

/** Explains why evicting nobody would help; choosing victims is up to the plugin that takes its place. Models pkg/scheduler/framework/preemption. */
const noPreemption: PostFilter = {
  name: NAME,
  run: (cycle, rejected) => {
    if (cycle.pod.pod.spec.preemptionPolicy === 'Never') return { message: 'preemption: not eligible due to preemptionPolicy=Never.' };
    const answers = new Map<string, Rejection>();
    for (const [node, { code }] of rejected) answers.set(node, code === 'Unschedulable' ? NO_VICTIMS : NO_HELP);
    return { message: `preemption: ${fitMessage(cycle.cache.nodes.length, answers, undefined, '')}` };
  },
};

export const DEFAULT_POST_FILTERS: readonly PostFilter[] = [dynamicResources, noPreemption];

/** All plugins are heard; their sentences are joined. Models RunPostFilterPlugins. */
export function runPostFilters(
  filters: readonly PostFilter[],
  cycle: Cycle,
  rejected: ReadonlyMap<string, Rejection>,
): { message: string; nominatedNode?: string } {
  const messages: string[] = [];
  for (const filter of filters) {
    const { message, nominatedNode } = filter.run(cycle, rejected);
    if (nominatedNode !== undefined) return { message, nominatedNode };
    if (message !== '') messages.push(message);
  }
  return { message: messages.join(', ') };
}
