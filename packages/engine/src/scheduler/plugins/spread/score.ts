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
  const strict = own.length > 0;
  const counting = strict && constraints.length > 1 ? amongLabelled(cycle, constraints) : constraints;
  for (const constraint of counting) addConstraint(cycle, constraint, nodes, raw, strict);
  return normalised(raw);
}

/** With several constraints only nodes that have all their labels count. */
function amongLabelled({ cache }: Cycle, constraints: readonly Constraint[]): Constraint[] {
  const columns = constraints.map(({ topologyKey }) => cache.domains(topologyKey).bySlot);
  const isLabelled = ({ slot }: NodeInfo): boolean => columns.every((bySlot) => (bySlot[slot] as number) >= 0);
  return constraints.map((constraint) => ({ ...constraint, includes: (node) => isLabelled(node) && constraint.includes?.(node) !== false }));
}

/** @param strict nodes without the label take no part; the system's own constraints just pass them over */
function addConstraint(cycle: Cycle, constraint: Constraint, nodes: readonly NodeInfo[], raw: Scores, strict: boolean): void {
  const { bySlot: domains, count } = cycle.cache.domains(constraint.topologyKey);
  if (count === 0 && !strict) return;
  const selected = selectedBySlot(cycle, constraint.selector);
  const perNode = constraint.topologyKey === HOSTNAME;
  const sums = perNode ? undefined : sumByDomain(cycle, constraint, nodes, domains, count, selected);
  const weight = Math.log((sums ? sums.size : strict ? countLabelled(nodes, domains) : nodes.length) + 2);
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

const countLabelled = (nodes: readonly NodeInfo[], domains: Int32Array): number =>
  nodes.reduce((count, { slot }) => count + ((domains[slot] as number) >= 0 ? 1 : 0), 0);

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
