import { chance } from '../../core/chance.ts';
import type { Instant } from '../../core/instant.ts';

const STRIDE_MS = 60_000;
const DEPTH = 0.05;

/** Nothing uses exactly the same amount all the time: a smooth factor around 1 for what people look at. */
export function wobble(seed: string, purpose: string, at: Instant): number {
  const step = Math.floor(at / STRIDE_MS);
  const part = (at - step * STRIDE_MS) / STRIDE_MS;
  const before = chance(seed, 'wobble', purpose, step);
  const after = chance(seed, 'wobble', purpose, step + 1);
  return 1 + DEPTH * (2 * (before * (1 - part) + after * part) - 1);
}
