import { NODE_SCORE_MAX, type Scores } from '../framework.ts';

/** Models helper.DefaultNormalizeScore: the highest becomes 100 (or, reversed, 0). */
function normalise(scores: Scores, count: number, reverse: boolean): void {
  let highest = 0;
  for (let i = 0; i < count; i++) if ((scores[i] as number) > highest) highest = scores[i] as number;
  for (let i = 0; i < count; i++) {
    const share = highest === 0 ? 0 : Math.floor((NODE_SCORE_MAX * (scores[i] as number)) / highest);
    scores[i] = reverse ? NODE_SCORE_MAX - share : share;
  }
}

export const normaliseUp = (scores: Scores, count: number): void => normalise(scores, count, false);
/** The less the better. */
export const normaliseDown = (scores: Scores, count: number): void => normalise(scores, count, true);
