import type { Cycle, NodeRate, Plugin, Scores } from './framework.ts';
import type { NodeInfo } from './node-info.ts';
import type { Rating, SignedQuestions } from './ratings.ts';
import type { Workspace } from './workspace.ts';

const CANDIDATES_MAX = 3;

export interface Candidate {
  node: string;
  total: number;
  /** Points before weighting, by plugin. */
  points: Record<string, number>;
}

export interface Choice {
  node: NodeInfo;
  /** The chosen node first, then the next best. */
  best: Candidate[];
  weights: Record<string, number>;
}

/** Who said something, and where it stands. */
interface Said {
  plugin: Plugin;
  weight: number;
  pointsAt: (index: number) => number;
}

/** The best of the candidates. Models prioritizeNodes and selectHost in pkg/scheduler/schedule_one.go. */
export function choose(cycle: Cycle, work: Workspace, questions: SignedQuestions, rating: Rating | undefined, luck: number): Choice {
  const said = work.count === 1 ? [] : scoreAll(cycle, work, questions, rating);
  if (work.count === 1) work.totals[0] = 0;
  const chosen = pickBest(work, luck);
  const nodeAt = (index: number): NodeInfo => cycle.cache.nodeAt(work.slots[index] as number);
  const best = nextBest(work, chosen).map((index) => {
    const points: Record<string, number> = {};
    for (const { plugin, pointsAt } of said) points[plugin.name] = pointsAt(index);
    return { node: nodeAt(index).name, total: work.totals[index] as number, points };
  });
  const weights: Record<string, number> = {};
  for (const { plugin, weight } of said) weights[plugin.name] = weight;
  return { node: nodeAt(chosen), best, weights };
}

function scoreAll(cycle: Cycle, work: Workspace, { rates }: SignedQuestions, rating: Rating | undefined): Said[] {
  const { plugins } = cycle.profile;
  const { count, slots, totals } = work;
  const said: Said[] = [];
  if (rating) for (let i = 0; i < count; i++) totals[i] = rating.sums[slots[i] as number] as number;
  else totals.fill(0, 0, count);
  for (let at = 0; at < plugins.length; at++) {
    const plugin = plugins[at] as Plugin;
    const weight = plugin.weight ?? 1;
    const rated = plugin.rate ? rates.findIndex((entry) => entry.plugin === plugin) : -1;
    if (rated >= 0 && rating && !plugin.normalise) {
      const points = rating.points[rated] as Scores;
      said.push({ plugin, weight, pointsAt: (index) => points[slots[index] as number] as number });
      continue;
    }
    const scores = work.scores(at);
    if (rated >= 0) ratePlainly(cycle, work, scores, (rates[rated] as { rate: NodeRate }).rate, rating?.points[rated]);
    else if (!plugin.score?.(cycle, work, scores)) continue;
    if (rated >= 0) plugin.normalise?.(scores, count);
    for (let i = 0; i < count; i++) totals[i] = (totals[i] as number) + weight * (scores[i] as number);
    said.push({ plugin, weight, pointsAt: (index) => scores[index] as number });
  }
  return said;
}

/** @param known what nodes said before, where that is still so */
function ratePlainly({ cache }: Cycle, { count, slots }: Workspace, scores: Scores, rate: NodeRate, known: Scores | undefined): void {
  if (known) for (let i = 0; i < count; i++) scores[i] = known[slots[i] as number] as number;
  else for (let i = 0; i < count; i++) scores[i] = rate(cache.nodeAt(slots[i] as number));
}

/** Among equals the pod's own luck decides. */
function pickBest({ totals, count }: Workspace, luck: number): number {
  let best = Number.NEGATIVE_INFINITY;
  let ties = 0;
  for (let i = 0; i < count; i++) {
    const total = totals[i] as number;
    if (total > best) {
      best = total;
      ties = 1;
    } else if (total === best) ties++;
  }
  let skip = Math.floor(luck / 7) % ties;
  for (let i = 0; i < count; i++) if (totals[i] === best && skip-- === 0) return i;
  throw new Error('a best score that no node has');
}

/** Places of the chosen one and of those that come next. */
function nextBest({ totals, count }: Workspace, chosen: number): number[] {
  const top = [chosen];
  let least = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const total = totals[i] as number;
    if (total <= least || i === chosen) continue;
    let at = top.length;
    while (at > 1 && total > (totals[top[at - 1] as number] as number)) at--;
    top.splice(at, 0, i);
    if (top.length > CANDIDATES_MAX) top.pop();
    if (top.length === CANDIDATES_MAX) least = totals[top[CANDIDATES_MAX - 1] as number] as number;
  }
  return top;
}
