import { NODE_SCORE_MAX, type Scores } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';

/** Points of each node, in their order. */
export function scoreEach(nodes: readonly NodeInfo[], points: (node: NodeInfo) => number): Scores {
  const scores = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) scores[i] = points(nodes[i] as NodeInfo);
  return scores;
}

/** Models helper.DefaultNormalizeScore: the highest becomes 100 (or, reversed, 0). */
export function normalise(scores: Scores, reverse: boolean): Scores {
  let highest = 0;
  for (const score of scores) if (score > highest) highest = score;
  for (let i = 0; i < scores.length; i++) {
    const share = highest === 0 ? 0 : Math.floor((NODE_SCORE_MAX * (scores[i] as number)) / highest);
    scores[i] = reverse ? NODE_SCORE_MAX - share : share;
  }
  return scores;
}
