import type { Container } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import { delayAfter, roundsToFold } from './backoff.ts';
import type { ContainerState, Run } from './state.ts';

/**
 * Containers that run for so long that nothing of an earlier end is remembered when they end, and then start anew, do that for ever.
 * After some equal rounds several of them become one run that ends with the last of them.
 */

const isProbed = ({ readinessProbe, livenessProbe, startupProbe, lifecycle }: Container): boolean =>
  [readinessProbe, livenessProbe, startupProbe, lifecycle].some((each) => each !== undefined);

/** Called before the next run takes the place of the last one. */
export function countRound(container: ContainerState, now: Instant): void {
  if (!container.run) return;
  const roundMs = now - container.run.startedAt;
  const { steady } = container;
  const skipped = container.skipped ?? 0;
  delete container.skipped;
  container.steady = { roundMs, rounds: steady?.roundMs === roundMs ? steady.rounds + 1 + skipped : 1 };
}

/** Lets a run that has just begun stand for several. */
export function foldRounds(container: ContainerState, spec: Container): void {
  const { run, steady } = container as ContainerState & { run: Run };
  if (!steady || run.endsAt === undefined || isProbed(spec) || delayAfter(container.crashBackoff, run.endsAt) > 0) return;
  const rounds = roundsToFold(steady.rounds, run.endsAt, steady.roundMs) - 1;
  if (rounds < 1) return;
  container.folded = { rounds, ms: rounds * steady.roundMs };
  run.endsAt += container.folded.ms;
}

/** The run that ends is the last of those it stood for. */
export function unfoldRounds(container: ContainerState, now: Instant): void {
  const { folded, steady, run } = container as ContainerState & { run: Run };
  if (container.step !== 'running' || !folded || !steady) return;
  delete container.folded;
  const rounds = Math.min(folded.rounds, Math.floor((now - run.startedAt) / steady.roundMs));
  container.restarts += rounds;
  container.skipped = rounds;
  const ms = rounds * steady.roundMs;
  container.run = { ...run, attempt: run.attempt + rounds, startedAt: run.startedAt + ms };
  if (container.last) {
    const { attempt, startedAt, finishedAt } = container.last;
    container.last = { ...container.last, attempt: attempt + rounds, startedAt: startedAt + ms, finishedAt: (finishedAt as number) + ms };
  }
}
