import { type Cycle, type NodeFilter, reject } from '../../framework.ts';
import { type Constraint, constraintsOf, selectedBySlot } from './constraints.ts';

const NAME = 'PodTopologySpread';
const SKEWED = reject(NAME, 'Unschedulable', "node(s) didn't match pod topology spread constraints");
const UNLABELLED = reject(NAME, 'UnschedulableAndUnresolvable', "node(s) didn't match pod topology spread constraints (missing required label)");

interface Tally {
  constraint: Constraint;
  /** Domain of each slot. */
  domains: Int32Array;
  /** Selected pods by domain; -1 where no counted node is in the domain. */
  counts: Int32Array;
  fewest: number;
  self: 0 | 1;
}

/** Models pkg/scheduler/framework/plugins/podtopologyspread/filtering.go. */
export function spreadFilter(cycle: Cycle): NodeFilter | undefined {
  const constraints = constraintsOf(cycle.pod, 'DoNotSchedule');
  if (constraints.length === 0) return undefined;
  const tallies = constraints.map((constraint) => tally(cycle, constraint, constraints));
  return (node) => {
    for (const { constraint, domains, counts, fewest, self } of tallies) {
      const domain = domains[node.slot] as number;
      if (domain < 0) return UNLABELLED;
      const here = Math.max(0, counts[domain] as number);
      if (here + self - fewest > constraint.maxSkew) return SKEWED;
    }
    return undefined;
  };
}

function tally(cycle: Cycle, constraint: Constraint, all: readonly Constraint[]): Tally {
  const { bySlot: domains, count } = cycle.cache.domains(constraint.topologyKey);
  const others = all.map((c) => cycle.cache.domains(c.topologyKey).bySlot);
  const selected = selectedBySlot(cycle, constraint.selector);
  const counts = new Int32Array(count).fill(-1);
  for (const node of cycle.cache.nodes) {
    const domain = domains[node.slot] as number;
    if (!others.every((bySlot) => (bySlot[node.slot] as number) >= 0) || constraint.includes?.(node) === false) continue;
    counts[domain] = Math.max(0, counts[domain] as number) + (selected[node.slot] as number);
  }
  const self = constraint.selector.matches(cycle.pod.pod.metadata.labels) ? 1 : 0;
  return { constraint, domains, counts, fewest: fewestOf(counts, constraint.minDomains), self };
}

/** With fewer domains than asked for, the missing ones count as empty. */
function fewestOf(counts: Int32Array, minDomains: number): number {
  let fewest = Number.MAX_SAFE_INTEGER;
  let domains = 0;
  for (const count of counts) {
    if (count < 0) continue;
    domains++;
    if (count < fewest) fewest = count;
  }
  return domains < minDomains ? 0 : fewest;
}
