import { priorityOf } from '../active.ts';
import { type Cycle, type NodeFilter, type Rejection, reject } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';
import { firstRejection } from '../ratings.ts';
import { splitByBudget } from './budgets.ts';

const NO_VICTIMS = reject('DefaultPreemption', 'UnschedulableAndUnresolvable', 'No preemption victims found for incoming pod');

export interface Candidate {
  node: string;
  victims: PodInfo[];
  violations: number;
}

const startOf = ({ pod }: PodInfo): string => pod.status?.startTime ?? '9999';

/** Models MoreImportantPod: by priority, then those that run for longer. */
export const byImportance = (a: PodInfo, b: PodInfo): number =>
  priorityOf(b.pod) - priorityOf(a.pod) || (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0) || (a.key < b.key ? -1 : 1);

/** The fewest pods that have to go from a node, the least important first. Models SelectVictimsOnNode. */
export function victimsOn(cycle: Cycle, filters: readonly NodeFilter[], node: NodeInfo): Candidate | Rejection {
  const priority = priorityOf(cycle.pod.pod);
  const lower = [...node.pods.values()].filter((pod) => priorityOf(pod.pod) < priority).sort(byImportance);
  if (lower.length === 0) return NO_VICTIMS;
  const gone = new Set(lower);
  const imagine = (): NodeInfo => node.imagined({ removed: (pod) => gone.has(pod) });
  const refused = firstRejection(imagine(), filters);
  if (refused) return refused;
  const reprieve = (pod: PodInfo): boolean => {
    gone.delete(pod);
    if (!firstRejection(imagine(), filters)) return true;
    gone.add(pod);
    return false;
  };
  const { violating, others } = splitByBudget(cycle.view, lower);
  let violations = 0;
  for (const pod of violating) if (!reprieve(pod)) violations++;
  for (const pod of others) reprieve(pod);
  return { node: node.name, victims: lower.filter((pod) => gone.has(pod)), violations };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
/** Upstream shifts priorities above zero, so that more victims always cost more. */
const PRIORITY_SHIFT = 2 ** 31;

/** Lower is better, in this order. Models pickOneNodeForPreemption. */
const costs: readonly ((candidate: Candidate) => number)[] = [
  ({ violations }) => violations,
  ({ victims }) => Math.max(...victims.map((v) => priorityOf(v.pod))),
  ({ victims }) => sum(victims.map((v) => priorityOf(v.pod) + PRIORITY_SHIFT)),
  ({ victims }) => victims.length,
];

/** The earliest start among the most important victims: later is better. */
function earliestStart({ victims }: Candidate): string {
  const highest = Math.max(...victims.map((v) => priorityOf(v.pod)));
  return victims
    .filter((v) => priorityOf(v.pod) === highest)
    .map(startOf)
    .sort()[0] as string;
}

export function pickCandidate(candidates: readonly Candidate[]): Candidate {
  let left = [...candidates];
  for (const cost of costs) {
    const best = Math.min(...left.map(cost));
    left = left.filter((c) => cost(c) === best);
  }
  const latest = left.map(earliestStart).sort().at(-1);
  return left.find((c) => earliestStart(c) === latest) as Candidate;
}
