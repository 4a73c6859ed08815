import { delayAfter, nextBackoff, roundsToFold } from './backoff.ts';
import type { ContainerState, Run } from './state.ts';
import type { PodSync } from './sync.ts';
import { goDuration } from './timing.ts';
import { wait } from './wait.ts';

/** Models doBackOff in pkg/kubelet/kuberuntime/kuberuntime_manager.go. */
export function beginCrashBackoff(sync: PodSync, container: ContainerState): boolean {
  const run = container.run as Run;
  const finishedAt = run.finishedAt as number;
  const delayMs = delayAfter(container.crashBackoff, finishedAt);
  if (finishedAt + delayMs <= sync.now) return false;
  const { metadata } = sync.pod;
  const podName = `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
  sync.event('Warning', 'BackOff', `Back-off restarting failed container ${container.name} in pod ${podName}`, container);
  const roundMs = delayMs + (finishedAt - run.startedAt);
  const rounds = roundsToFold(container.crashBackoff?.atMax ?? 0, finishedAt + delayMs, roundMs);
  wait(
    container,
    'CrashLoopBackOff',
    `back-off ${goDuration(delayMs)} restarting failed container=${container.name} pod=${podName}`,
    finishedAt + delayMs + (rounds - 1) * roundMs,
  );
  if (rounds > 1) container.folded = { rounds: rounds - 1, ms: (rounds - 1) * roundMs };
  return true;
}

/** Goes on to another run (what was shown stays until it is there), and catches up with the runs that were skipped over. */
export function restart(sync: PodSync, container: ContainerState): true {
  const { folded, crashBackoff } = container;
  const run = container.run as Run;
  if (folded) {
    container.restarts += folded.rounds;
    container.run = {
      ...run,
      attempt: run.attempt + folded.rounds,
      startedAt: run.startedAt + folded.ms,
      finishedAt: (run.finishedAt as number) + folded.ms,
    };
    if (crashBackoff) container.crashBackoff = { ...crashBackoff, updatedAt: crashBackoff.updatedAt + folded.ms };
    delete container.folded;
  }
  container.crashBackoff = nextBackoff(container.crashBackoff, container.run?.finishedAt as number, sync.now, 1 + (folded?.rounds ?? 0));
  return true;
}
