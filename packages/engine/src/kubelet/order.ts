import type { Instant } from '../core/instant.ts';
import type { ContainerState } from './state.ts';
import type { PodSync } from './sync.ts';
import { earliest } from './timing.ts';

/** Which container is to be worked on at this instant. Models computePodActions and computeInitContainerActions in kuberuntime_manager.go. */
export function nextToStart(sync: PodSync): ContainerState | undefined {
  const { containers } = sync.state;
  const busy = containers.find(isBusy);
  if (busy) return isDue(sync, busy) ? busy : undefined;
  const waiting = candidates(sync);
  return waiting.find((c) => isDue(sync, c));
}

/** A kubelet starts one container of a pod at a time, hooks included. */
const isBusy = (c: ContainerState): boolean => c.step === 'pulling' || c.step === 'starting' || c.postStart !== undefined;

const isDue = (sync: PodSync, container: ContainerState): boolean => container.due !== undefined && container.due <= sync.now;

/** When there is something to be started next. */
export function nextStartAt(sync: PodSync): Instant | undefined {
  const busy = sync.state.containers.find(isBusy);
  return busy ? busy.due : earliest(...candidates(sync).map((c) => c.due));
}

/** Containers whose turn it is: init containers one after the other, then all others. */
function candidates(sync: PodSync): ContainerState[] {
  const found: ContainerState[] = [];
  for (const container of sync.state.containers) {
    if (isMain(container)) break;
    if (wantsStart(container)) found.push(container);
    if (!isPassed(container)) return found;
  }
  for (const container of sync.state.containers) if (isMain(container) && wantsStart(container)) found.push(container);
  return found;
}

const wantsStart = (container: ContainerState): boolean =>
  container.step === 'waiting' || (container.step === 'exited' && container.due !== undefined);

/** Whether the next init container may start: this one has succeeded, or is a sidecar that is up. */
export function isPassed(container: ContainerState): boolean {
  if (container.role === 'init') return container.step === 'exited' && container.run?.exitCode === 0 && container.due === undefined;
  return container.hasBeenUp === true;
}

export const isInitialised = (sync: PodSync): boolean => sync.state.containers.every((c) => isMain(c) || isPassed(c));

/** Neither init container nor sidecar. */
export const isMain = (container: ContainerState): boolean => container.role === 'app' || container.role === 'ephemeral';
