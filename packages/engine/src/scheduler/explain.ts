import type { Instant } from '../core/instant.ts';
import type { View } from '../core/txn.ts';
import type { Outcome } from './cycle.ts';
import type { Rejection } from './framework.ts';
import type { Refusals } from './refusals.ts';
import type { Candidate } from './scoring.ts';

const NODES_NAMED_MAX = 20;

/** Nodes refused by one plugin for the same reasons. */
export interface Refusal {
  plugin: string;
  code: Rejection['code'];
  reasons: readonly string[];
  count: number;
  /** The first of them. */
  nodes: string[];
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
  if (outcome.type === 'failed') return { at, nodes, evaluated: 0, feasible: 0, refusals: [], ...(message ? { message } : {}) };
  const refusals =
    outcome.type === 'refused' ? grouped([...outcome.rejected.keys()], [...outcome.rejected.values()]) : groupedRefusals(outcome.refusals);
  if (outcome.type === 'refused') return { at, nodes, evaluated: outcome.rejected.size, feasible: 0, refusals, ...(message ? { message } : {}) };
  return {
    at,
    nodes,
    evaluated: outcome.evaluated,
    feasible: outcome.feasible,
    chosen: outcome.node.name,
    candidates: outcome.best,
    weights: outcome.weights,
    refusals,
  };
}

const groupedRefusals = ({ nodes, rejections }: Refusals): Refusal[] =>
  grouped(
    nodes.map(({ name }) => name),
    rejections,
  );

/** @param nodes and their rejections, one by one */
function grouped(nodes: readonly string[], rejections: readonly Rejection[]): Refusal[] {
  const byText = new Map<string, Refusal>();
  const byRejection = new Map<Rejection, Refusal>();
  for (let i = 0; i < nodes.length; i++) {
    const rejection = rejections[i] as Rejection;
    const refusal = byRejection.get(rejection) ?? refusalOf(rejection, byText);
    byRejection.set(rejection, refusal);
    refusal.count++;
    if (refusal.nodes.length < NODES_NAMED_MAX) refusal.nodes.push(nodes[i] as string);
  }
  return [...byText.values()];
}

function refusalOf({ plugin, code, reasons }: Rejection, byText: Map<string, Refusal>): Refusal {
  const text = `${plugin}|${code}|${reasons.join('|')}`;
  const known = byText.get(text);
  if (known) return known;
  const made: Refusal = { plugin, code, reasons, count: 0, nodes: [] };
  byText.set(text, made);
  return made;
}
