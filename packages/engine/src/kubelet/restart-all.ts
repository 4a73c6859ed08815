import type { Container } from '@vivakube/schema/types/core.v1';
import { matchingRule } from './restart-rules.ts';
import type { ContainerState } from './state.ts';
import type { PodSync } from './sync.ts';

const SIGKILLED = 137;

/** Models KEP-5532: a container that ends in a certain way takes the whole pod back to its beginning. */
export const asksToRestartAll = (spec: Container, exitCode: number): boolean =>
  spec.restartPolicy !== undefined && matchingRule(spec, exitCode)?.action === 'RestartAllContainers';

/** What else runs is killed at once, without hooks and without grace. */
export function beginRestartAll({ state, now }: PodSync): void {
  state.restartAll = 'ending';
  for (const container of state.containers) {
    if (takesPart(container) && container.step === 'running') container.kill = { killAt: now, at: now, exitCode: SIGKILLED };
  }
}

/** Once nothing runs any more, all begin anew, init containers first; the sandbox and the volumes stay. */
export function restartAll({ state, now, timing }: PodSync): boolean {
  if (state.restartAll !== 'ending' || state.stopping) return false;
  const containers = state.containers.filter(takesPart);
  if (containers.some((c) => c.step === 'running')) return false;
  for (const container of containers) {
    if (container.run) container.step = 'exited';
    container.due = now + timing.noticeMs();
    delete container.hasBeenUp;
  }
  state.restartAll = 'starting';
  return true;
}

const takesPart = (container: ContainerState): boolean => container.role !== 'ephemeral';
