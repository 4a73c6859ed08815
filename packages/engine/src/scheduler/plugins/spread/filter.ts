import type { Domains } from '../../domains.ts';
import { type Cycle, type NodeFilter, reject } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import { type Constraint, constraintsFor, counts as countsPod, type Defaults, selectedPods } from './constraints.ts';

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
  /** Whether the pods of a node are among those counted. */
  includes: (node: NodeInfo) => boolean;
}

/** Models pkg/scheduler/framework/plugins/podtopologyspread/filtering.go. */
export function spreadFilter(cycle: Cycle, defaults: Defaults): NodeFilter | undefined {
  const tallies = talliesOf(cycle, defaults);
  if (tallies.length === 0) return undefined;
  return (node) => {
    for (const known of tallies) {
      const domain = known.domains[node.slot] as number;
      if (domain < 0) return UNLABELLED;
      const { constraint, counts, fewest, self } = node.imaginedPods.length > 0 ? imaginedTally(cycle, known, node, domain) : known;
      const here = Math.max(0, counts[domain] as number);
      if (here + self - fewest > constraint.maxSkew) return SKEWED;
    }
    return undefined;
  };
}

export function talliesOf(cycle: Cycle, defaults: Defaults): Tally[] {
  const constraints = constraintsFor(cycle, 'DoNotSchedule', defaults);
  return constraints.map((constraint) => tally(cycle, constraint, constraints));
}

/** The tally as it would be with the pods of one node changed. Models updateWithPod. */
function imaginedTally(cycle: Cycle, known: Tally, node: NodeInfo, domain: number): Tally {
  const { selector, minDomains } = known.constraint;
  const difference = node.imaginedPods.reduce((sum, { pod, by }) => sum + (countsPod(cycle, selector, pod) ? by : 0), 0);
  if (difference === 0 || !known.includes(node)) return known;
  const counts = Int32Array.from(known.counts);
  counts[domain] = Math.max(0, counts[domain] as number) + difference;
  return { ...known, counts, fewest: fewestOf(counts, minDomains) };
}

function tally(cycle: Cycle, constraint: Constraint, all: readonly Constraint[]): Tally {
  const own = cycle.cache.domains(constraint.topologyKey);
  const others = all.map((c) => cycle.cache.domains(c.topologyKey));
  const selected = selectedPods(cycle, constraint.selector);
  const self = constraint.selector.matches(cycle.pod.pod.metadata.labels) ? 1 : 0;
  const includes = (node: NodeInfo): boolean =>
    others.every(({ bySlot }) => (bySlot[node.slot] as number) >= 0) && constraint.includes?.(node) !== false;
  const isForAll = !constraint.includes && others.every(({ everywhere }) => everywhere);
  const counts = isForAll ? selected.sumBy(own).counts : countIncluded(cycle, own, selected.bySlot, includes);
  return { constraint, domains: own.bySlot, counts, fewest: fewestOf(counts, constraint.minDomains), self, includes };
}

function countIncluded(
  { cache }: Cycle,
  { bySlot: domains, count }: Domains,
  selected: Int32Array,
  includes: (node: NodeInfo) => boolean,
): Int32Array {
  const counts = new Int32Array(count).fill(-1);
  for (const node of cache.nodes) {
    const domain = domains[node.slot] as number;
    if (!includes(node)) continue;
    counts[domain] = Math.max(0, counts[domain] as number) + (selected[node.slot] as number);
  }
  return counts;
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
