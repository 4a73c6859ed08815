import type { Job } from '../shared/objects.ts';
import { countOf, type Intervals, overlap, parseIntervals } from './intervals.ts';

/** The message of the first rule that is met. Models matchSuccessPolicy in pkg/controller/job/success_policy.go. */
export function metSuccessRule({ spec }: Job, succeeded: Intervals): string | undefined {
  if (succeeded.length === 0) return undefined;
  const met = (spec.successPolicy?.rules ?? []).findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && countOf(succeeded) >= succeededCount;
    const required = parseIntervals(succeededIndexes, spec.completions ?? 0);
    if (required.length === 0) return false;
    const found = overlap(required, succeeded);
    return found === countOf(required) || (succeededCount !== undefined && found >= succeededCount);
  });
  return met < 0 ? undefined : `Matched rules at index ${met}`;
}
