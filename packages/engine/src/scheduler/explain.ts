import type { Instant } from '../core/instant.ts';
import type { View } from '../core/txn.ts';
import type { Outcome } from './cycle.ts';
import type { Rejection } from './framework.ts';

const NODES_NAMED_MAX = 20;
const CANDIDATES_MAX = 3;

/** Nodes refused by one plugin for the same reasons. */
export interface Refusal {
  plugin: string;
  code: Rejection['code'];
  reasons: readonly string[];
  count: number;
  /** The first of them. */
  nodes: string[];
}

export interface Candidate {
  node: string;
  total: number;
  /** Points before weighting, by plugin. */
  points: Record<string, number>;
}

/** What became of the latest attempt to place a pod, as it is kept under `schedule/<pod uid>`. */
export interface Attempt {
  at: Instant;
  nodes: number;
  evaluated: number;
  feasible: number;
  chosen?: string;
  candidates?: Candidate[];
  weights?: Record<string, number>;
  refusals: Refusal[];
  message?: string;
}

export const attemptKey = (podUid: string): string => `schedule/${podUid}`;

/** What each plugin said of each node in the latest attempt. */
export const explainSchedule = (view: View, podUid: string): Attempt | undefined => view.runtime<Attempt>(attemptKey(podUid));

export function recordOf(outcome: Outcome, nodes: number, at: Instant, message?: string): Attempt {
  if (outcome.type === 'no-nodes') return { at, nodes: 0, evaluated: 0, feasible: 0, refusals: [], ...(message ? { message } : {}) };
  const refusals = grouped(outcome.rejected);
  if (outcome.type === 'refused') return { at, nodes, evaluated: outcome.rejected.size, feasible: 0, refusals, ...(message ? { message } : {}) };
  const weights: Record<string, number> = {};
  for (const { plugin, weight } of outcome.byPlugin) weights[plugin] = weight;
  return {
    at,
    nodes,
    evaluated: outcome.evaluated,
    feasible: outcome.feasible.length,
    chosen: outcome.node.name,
    candidates: best(outcome),
    weights,
    refusals,
  };
}

function grouped(rejected: ReadonlyMap<string, Rejection>): Refusal[] {
  const byText = new Map<string, Refusal>();
  for (const [node, { plugin, code, reasons }] of rejected) {
    const text = `${plugin}|${code}|${reasons.join('|')}`;
    const known = byText.get(text) ?? { plugin, code, reasons, count: 0, nodes: [] };
    known.count++;
    if (known.nodes.length < NODES_NAMED_MAX) known.nodes.push(node);
    byText.set(text, known);
  }
  return [...byText.values()];
}

/** The chosen node first, then the next best. */
function best({ feasible, totals, byPlugin, node }: Extract<Outcome, { type: 'placed' }>): Candidate[] {
  const top: number[] = [];
  for (let i = 0; i < totals.length; i++) {
    let at = top.length;
    while (at > 0 && isBetter(i, top[at - 1] as number)) at--;
    if (at < CANDIDATES_MAX) top.splice(at, 0, i);
    if (top.length > CANDIDATES_MAX) top.pop();
  }
  return top.map((i) => {
    const points: Record<string, number> = {};
    for (const { plugin, scores } of byPlugin) points[plugin] = scores[i] as number;
    return { node: feasible[i]?.name as string, total: totals[i] as number, points };
  });
  function isBetter(a: number, b: number): boolean {
    if (feasible[b] === node) return false;
    return feasible[a] === node || (totals[a] as number) > (totals[b] as number);
  }
}
