import { filtersFor } from '../cycle.ts';
import { fitMessage } from '../fit-error.ts';
import { type Cycle, type PostFilter, type PostFilterResult, type Rejection, reject } from '../framework.ts';
import { withNominated } from '../nominated.ts';
import { whyNotEligible } from './eligible.ts';
import { type Candidate, pickCandidate, victimsOn } from './victims.ts';

const NAME = 'DefaultPreemption';
const NO_HELP = reject(NAME, 'UnschedulableAndUnresolvable', 'Preemption is not helpful for scheduling');

/** Makes room by asking less important pods to go. Models pkg/scheduler/framework/preemption and plugins/defaultpreemption. */
export const defaultPreemption: PostFilter = {
  name: NAME,
  run: (cycle, rejected) => {
    const why = whyNotEligible(cycle, rejected);
    return why === undefined ? preempt(cycle, rejected) : { message: `preemption: ${why}` };
  },
};

function preempt(cycle: Cycle, rejected: ReadonlyMap<string, Rejection>): PostFilterResult {
  const made = filtersFor(cycle, cycle.profile.plugins);
  const filters = Array.isArray(made) ? withNominated(cycle, made) : undefined;
  const answers = new Map<string, Rejection>();
  const candidates: Candidate[] = [];
  for (const node of cycle.cache.nodes) {
    const rejection = rejected.get(node.name);
    if (rejection?.code !== 'Unschedulable' || !filters) {
      answers.set(node.name, NO_HELP);
      continue;
    }
    const found = victimsOn(cycle, filters, node);
    if ('plugin' in found) answers.set(node.name, found);
    else candidates.push(found);
  }
  if (candidates.length === 0) return { message: `preemption: ${fitMessage(cycle.cache.nodes.length, answers, undefined, '')}`, nominatedNode: '' };
  const { node, victims } = pickCandidate(candidates);
  return { message: '', nominatedNode: node, victims };
}
