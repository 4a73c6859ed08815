import { type Cycle, NODE_SCORE_MAX, type Scores } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import { type Constraint, constraintsFor, type Defaults, defaultConstraints, selectedBySlot } from './constraints.ts';

const HOSTNAME = 'kubernetes.io/hostname';
const IGNORED = -1;

/** Models pkg/scheduler/framework/plugins/podtopologyspread/scoring.go. */
export function spreadScore(cycle: Cycle, nodes: readonly NodeInfo[], defaults: Defaults): Scores | undefined {
  const own = constraintsFor(cycle, 'ScheduleAnyway', defaults);
  const constraints = own.length > 0 || defaults ? own : defaultConstraints(cycle);
  if (constraints.length === 0) return undefined;
  const raw = new Float64Array(nodes.length);
  for (const constraint of constraints) addConstraint(cycle, constraint, nodes, raw, own.length > 0);
  return normalised(raw);
}

/** @param strict nodes without the label take no part; the system's own constraints just pass them over */
function addConstraint(cycle: Cycle, constraint: Constraint, nodes: readonly NodeInfo[], raw: Scores, strict: boolean): void {
  const { bySlot: domains, count } = cycle.cache.domains(constraint.topologyKey);
  if (count === 0 && !strict) return;
  const selected = selectedBySlot(cycle, constraint.selector);
  const perNode = constraint.topologyKey === HOSTNAME;
  const sums = perNode ? undefined : sumByDomain(cycle, constraint, nodes, domains, count, selected);
  const weight = Math.log((sums ? sums.size : nodes.length) + 2);
  for (let i = 0; i < nodes.length; i++) {
    const { slot } = nodes[i] as NodeInfo;
    const domain = domains[slot] as number;
    if (domain < 0) {
      if (strict) raw[i] = IGNORED;
    } else if (raw[i] !== IGNORED) {
      const pods = sums ? (sums.counts[domain] as number) : (selected[slot] as number);
      raw[i] = (raw[i] as number) + pods * weight + (constraint.maxSkew - 1);
    }
  }
}

/** Only domains with a candidate matter, but all their nodes' pods count. */
function sumByDomain(
  cycle: Cycle,
  { includes }: Constraint,
  candidates: readonly NodeInfo[],
  domains: Int32Array,
  count: number,
  selected: Int32Array,
) {
  const counts = new Int32Array(count);
  const relevant = new Uint8Array(count);
  let size = 0;
  for (const { slot } of candidates) {
    const domain = domains[slot] as number;
    if (domain >= 0 && relevant[domain] === 0) {
      relevant[domain] = 1;
      size++;
    }
  }
  if (!includes) {
    // Slots without a node have no domain.
    for (let slot = 0; slot < domains.length; slot++) {
      const domain = domains[slot] as number;
      if (domain >= 0) counts[domain] = (counts[domain] as number) + (selected[slot] as number);
    }
    return { counts, size };
  }
  for (const node of cycle.cache.nodes) {
    const domain = domains[node.slot] as number;
    if (domain >= 0 && relevant[domain] === 1 && includes(node)) counts[domain] = (counts[domain] as number) + (selected[node.slot] as number);
  }
  return { counts, size };
}

/** The fewer the better. */
function normalised(raw: Scores): Scores {
  let lowest = Number.MAX_SAFE_INTEGER;
  let highest = 0;
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] === IGNORED) continue;
    const score = Math.round(raw[i] as number);
    raw[i] = score;
    if (score < lowest) lowest = score;
    if (score > highest) highest = score;
  }
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] === IGNORED) raw[i] = 0;
    else raw[i] = highest === 0 ? NODE_SCORE_MAX : Math.floor((NODE_SCORE_MAX * (highest + lowest - (raw[i] as number))) / highest);
  }
  return raw;
}
