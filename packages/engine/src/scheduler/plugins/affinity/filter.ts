import { type Cycle, type NodeFilter, reject } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import { selectedBySlot, sumByDomain, termSelects } from './terms.ts';

const NAME = 'InterPodAffinity';
const NO_AFFINITY = reject(NAME, 'UnschedulableAndUnresolvable', "node(s) didn't match pod affinity rules");
const ANTI_AFFINITY = reject(NAME, 'Unschedulable', "node(s) didn't match pod anti-affinity rules");
const EXISTING = reject(NAME, 'Unschedulable', "node(s) didn't satisfy existing pods anti-affinity rules");

type Test = (node: NodeInfo) => boolean;

/** Models pkg/scheduler/framework/plugins/interpodaffinity/filtering.go. */
export function affinityFilter(cycle: Cycle): NodeFilter | undefined {
  const near = wantsNear(cycle);
  const far = cycle.pod.requiredAntiAffinity.map((term) => occupied(cycle, term.topologyKey, selectedBySlot(cycle, [term])));
  const unwelcome: Test[] = [];
  for (const { term, bySlot } of cycle.cache.existing.requiredAnti.values()) {
    if (termSelects(term, cycle.pod, cycle.view)) unwelcome.push(occupied(cycle, term.topologyKey, bySlot));
  }
  if (!near && far.length === 0 && unwelcome.length === 0) return undefined;
  return (node) => {
    if (near && !near(node)) return NO_AFFINITY;
    if (far.some((isOccupied) => isOccupied(node))) return ANTI_AFFINITY;
    return unwelcome.some((isOccupied) => isOccupied(node)) ? EXISTING : undefined;
  };
}

/** Whether a node's domain has any of the counted pods. */
function occupied(cycle: Cycle, topologyKey: string, bySlot: Int32Array): Test {
  const { domains, counts, total } = sumByDomain(cycle, topologyKey, bySlot);
  if (total === 0) return () => false;
  return ({ slot }) => (domains[slot] as number) >= 0 && (counts[domains[slot] as number] as number) > 0;
}

function wantsNear(cycle: Cycle): Test | undefined {
  const terms = cycle.pod.requiredAffinity;
  if (terms.length === 0) return undefined;
  const bySlot = selectedBySlot(cycle, terms);
  const sums = terms.map((term) => sumByDomain(cycle, term.topologyKey, bySlot));
  const labelled: Test = ({ slot }) => sums.every(({ domains }) => (domains[slot] as number) >= 0);
  // The first pod of a group that wants to be together may go anywhere.
  const first = sums.every(({ total }) => total === 0) && terms.every((term) => termSelects(term, cycle.pod, cycle.view));
  if (first) return labelled;
  return (node) => labelled(node) && sums.every(({ domains, counts }) => (counts[domains[node.slot] as number] as number) > 0);
}
