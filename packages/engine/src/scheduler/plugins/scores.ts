import { NODE_SCORE_MAX, type Scores } from '../framework.ts';

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
