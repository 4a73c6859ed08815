import type { AffinityTerm } from '../../affinity-terms.ts';
import type { SlotCounts } from '../../counters.ts';
import { type Cycle, type NodeFilter, reject } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import { NOMINATED } from '../../nominated.ts';
import type { PodInfo } from '../../pod-info.ts';
import { selected, sumByDomain, termSelects } from './terms.ts';

const NAME = 'InterPodAffinity';
const NO_AFFINITY = reject(NAME, 'UnschedulableAndUnresolvable', "node(s) didn't match pod affinity rules");
const ANTI_AFFINITY = reject(NAME, 'Unschedulable', "node(s) didn't match pod anti-affinity rules");
const EXISTING = reject(NAME, 'Unschedulable', "node(s) didn't satisfy existing pods anti-affinity rules");

type Test = (node: NodeInfo) => boolean;
/** How often a pod counts. */
type Worth = (pod: PodInfo) => number;

/** Models pkg/scheduler/framework/plugins/interpodaffinity/filtering.go. */
export function affinityFilter(cycle: Cycle): NodeFilter | undefined {
  const near = wantsNear(cycle);
  const far = cycle.pod.requiredAntiAffinity.map((term) => {
    const selects: Worth = (pod) => (termSelects(term, pod, cycle.view) ? 1 : 0);
    return occupied(cycle, term.topologyKey, selected(cycle, [term]), selects);
  });
  const unwelcome: Test[] = [];
  for (const { term, holders } of cycle.cache.existing.requiredAnti.values()) {
    const holds: Worth = (pod) => pod.requiredAntiAffinity.filter(({ text }) => text === term.text).length;
    if (termSelects(term, cycle.pod, cycle.view)) unwelcome.push(occupied(cycle, term.topologyKey, holders, holds));
  }
  // Only pods that have been promised a node are ever thought to have come.
  if (!near && far.length === 0 && unwelcome.length === 0 && cycle.view.runtimeKeys(NOMINATED).length === 0) return undefined;
  return (node) => {
    if (near && !near(node)) return NO_AFFINITY;
    if (far.some((isOccupied) => isOccupied(node))) return ANTI_AFFINITY;
    return unwelcome.some((isOccupied) => isOccupied(node)) || isUnwelcomeTo(cycle, node) ? EXISTING : undefined;
  };
}

const imaginedDifference = (node: NodeInfo, worth: Worth): number =>
  node.imaginedPods.length === 0 ? 0 : node.imaginedPods.reduce((sum, { pod, by }) => sum + by * worth(pod), 0);

/** Whether a node's domain has any of the counted pods. */
function occupied(cycle: Cycle, topologyKey: string, pods: SlotCounts, worth: Worth): Test {
  const {
    domains: { bySlot },
    counts,
  } = sumByDomain(cycle, topologyKey, pods);
  return (node) => {
    const domain = bySlot[node.slot] as number;
    return domain >= 0 && (counts[domain] as number) + imaginedDifference(node, worth) > 0;
  };
}

/** Pods that are only thought to be there have terms of their own, which nobody may hold yet. */
function isUnwelcomeTo(cycle: Cycle, node: NodeInfo): boolean {
  if (node.imaginedPods.length === 0) return false;
  const isLabelled = ({ topologyKey }: AffinityTerm): boolean => (cycle.cache.domains(topologyKey).bySlot[node.slot] as number) >= 0;
  return node.imaginedPods.some(
    ({ pod, by }) => by > 0 && pod.requiredAntiAffinity.some((term) => isLabelled(term) && termSelects(term, cycle.pod, cycle.view)),
  );
}

function wantsNear(cycle: Cycle): Test | undefined {
  const terms = cycle.pod.requiredAffinity;
  if (terms.length === 0) return undefined;
  const pods = selected(cycle, terms);
  const sums = terms.map((term) => sumByDomain(cycle, term.topologyKey, pods));
  const selects = (pod: PodInfo): boolean => terms.every((term) => termSelects(term, pod, cycle.view));
  const worth: Worth = (pod) => (selects(pod) ? 1 : 0);
  const selectsItself = selects(cycle.pod);
  return (node) => {
    const difference = imaginedDifference(node, worth);
    if (sums.some(({ domains }) => (domains.bySlot[node.slot] as number) < 0)) return false;
    if (sums.every(({ domains, counts }) => (counts[domains.bySlot[node.slot] as number] as number) + difference > 0)) return true;
    // The first pod of a group that wants to be together may go anywhere.
    return selectsItself && sums.every(({ total }) => total + difference <= 0);
  };
}
