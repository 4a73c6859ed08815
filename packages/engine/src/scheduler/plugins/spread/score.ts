import type { SlotCounts } from '../../counters.ts';
import type { Domains } from '../../domains.ts';
import { type Candidates, type Cycle, NODE_SCORE_MAX, type Scores } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import { type Constraint, constraintsFor, type Defaults, defaultConstraints, selectedPods } from './constraints.ts';

const HOSTNAME = 'kubernetes.io/hostname';
const IGNORED = -1;

/** Models pkg/scheduler/framework/plugins/podtopologyspread/scoring.go. */
export function spreadScore(cycle: Cycle, candidates: Candidates, scores: Scores, defaults: Defaults): boolean {
  const own = constraintsFor(cycle, 'ScheduleAnyway', defaults);
  const constraints = own.length > 0 || defaults ? own : defaultConstraints(cycle);
  if (constraints.length === 0) return false;
  scores.fill(0, 0, candidates.count);
  const strict = own.length > 0;
  const counting = strict && constraints.length > 1 ? amongLabelled(cycle, constraints) : constraints;
  if (strict) passOver(cycle, constraints, candidates, scores);
  for (const constraint of counting) addConstraint(cycle, constraint, candidates, scores, strict);
  normalise(scores, candidates.count);
  return true;
}

/** With several constraints only nodes that have all their labels count. */
function amongLabelled({ cache }: Cycle, constraints: readonly Constraint[]): readonly Constraint[] {
  const labels = constraints.map(({ topologyKey }) => cache.domains(topologyKey));
  if (labels.every(({ everywhere }) => everywhere)) return constraints;
  const columns = labels.map(({ bySlot }) => bySlot);
  const isLabelled = ({ slot }: NodeInfo): boolean => columns.every((bySlot) => (bySlot[slot] as number) >= 0);
  return constraints.map((constraint) => ({ ...constraint, includes: (node) => isLabelled(node) && constraint.includes?.(node) !== false }));
}

/** Candidates without all of the labels take no part. */
function passOver({ cache }: Cycle, constraints: readonly Constraint[], { count, slots }: Candidates, scores: Scores): void {
  for (const { topologyKey } of constraints) {
    const { bySlot, everywhere } = cache.domains(topologyKey);
    if (everywhere) continue;
    for (let i = 0; i < count; i++) if ((bySlot[slots[i] as number] as number) < 0) scores[i] = IGNORED;
  }
}

/** @param strict nodes without all labels take no part; the system's own constraints just pass them over */
function addConstraint(cycle: Cycle, constraint: Constraint, candidates: Candidates, scores: Scores, strict: boolean): void {
  const { count, slots } = candidates;
  const domains = cycle.cache.domains(constraint.topologyKey);
  if (domains.count === 0 && !strict) return;
  const selected = selectedPods(cycle, constraint.selector);
  const perNode = constraint.topologyKey === HOSTNAME;
  const weight = Math.log((perNode ? countTaking(scores, count) : countDomains(candidates, domains, scores)) + 2);
  const pods = perNode ? selected.bySlot : podsByDomain(cycle, constraint, domains, selected);
  const { bySlot } = domains;
  const extra = constraint.maxSkew - 1;
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number;
    const domain = bySlot[slot] as number;
    const score = scores[i] as number;
    if (domain >= 0 && score !== IGNORED) scores[i] = score + (pods[perNode ? slot : domain] as number) * weight + extra;
  }
}

function countTaking(scores: Scores, count: number): number {
  let taking = 0;
  for (let i = 0; i < count; i++) if (scores[i] !== IGNORED) taking++;
  return taking;
}

/** Only domains with a candidate matter. */
function countDomains({ count, slots }: Candidates, { bySlot, count: most }: Domains, scores: Scores): number {
  const found = new Uint8Array(most);
  let size = 0;
  for (let i = 0; i < count && size < most; i++) {
    const domain = bySlot[slots[i] as number] as number;
    if (domain < 0 || found[domain] === 1 || scores[i] === IGNORED) continue;
    found[domain] = 1;
    size++;
  }
  return size;
}

/** All nodes of a domain count, candidates or not. */
function podsByDomain({ cache }: Cycle, { includes }: Constraint, domains: Domains, selected: SlotCounts): Int32Array {
  if (!includes) return selected.sumBy(domains).counts;
  const counts = new Int32Array(domains.count);
  for (const node of cache.nodes) {
    const domain = domains.bySlot[node.slot] as number;
    if (domain >= 0 && includes(node)) counts[domain] = (counts[domain] as number) + (selected.bySlot[node.slot] as number);
  }
  return counts;
}

/** The fewer the better. */
function normalise(scores: Scores, count: number): void {
  let lowest = Number.MAX_SAFE_INTEGER;
  let highest = 0;
  for (let i = 0; i < count; i++) {
    if (scores[i] === IGNORED) continue;
    const score = Math.round(scores[i] as number);
    scores[i] = score;
    if (score < lowest) lowest = score;
    if (score > highest) highest = score;
  }
  const most = highest + lowest;
  for (let i = 0; i < count; i++) {
    const score = scores[i] as number;
    if (score === IGNORED) scores[i] = 0;
    else scores[i] = highest === 0 ? NODE_SCORE_MAX : Math.floor((NODE_SCORE_MAX * (most - score)) / highest);
  }
}
