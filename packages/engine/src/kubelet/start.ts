import type { Container } from '@vivakube/schema/types/core.v1';
import { describeEnv, readsObjects } from './env.ts';
import { rootProblem } from './non-root.ts';
import { beginPullBackoff, endPull, ensureImage } from './pull.ts';
import { beginCrashBackoff, restart } from './restart.ts';
import { startRun } from './runs.ts';
import type { ContainerState } from './state.ts';
import { type PodSync, specOf } from './sync.ts';
import { wait } from './wait.ts';

/** Takes a container one step further on its way to running. */
export function workOn(sync: PodSync, container: ContainerState): boolean {
  switch (container.step) {
    case 'exited':
      return beginCrashBackoff(sync, container) || (restart(sync, container) && prepare(sync, container));
    case 'waiting':
      if (container.reason === 'CrashLoopBackOff') restart(sync, container);
      return beginPullBackoff(sync, container) || prepare(sync, container);
    case 'pulling':
      return endPull(sync, container) ? create(sync, container) : true;
    case 'starting':
      return start(sync, container);
    default:
      throw new Error(`container ${container.name} is ${container.step} and cannot be started`);
  }
}

/** The image first; where it is there already, the container at once. */
function prepare(sync: PodSync, container: ContainerState): boolean {
  return ensureImage(sync, container) ? create(sync, container) : true;
}

function create(sync: PodSync, container: ContainerState): boolean {
  const problem = configProblem(sync, container);
  if (problem) {
    if (container.message !== problem) sync.event('Warning', 'Failed', `Error: ${problem}`, container);
    wait(container, 'CreateContainerConfigError', problem);
    return true;
  }
  sync.event('Normal', 'Created', 'Container created', container);
  const { image = '' } = specOf(sync, container);
  Object.assign(container, { step: 'starting', since: sync.now, due: sync.now + sync.timing.startMs(sync.node.name, image) });
  return true;
}

/** Models generateContainerConfig. */
export const configProblem = (sync: PodSync, container: ContainerState): string | undefined =>
  envProblem(sync, specOf(sync, container)) ?? rootProblem(sync, container);

/** What is written in the spec is always to be had. */
const envProblem = (sync: PodSync, spec: Container): string | undefined =>
  readsObjects(spec) ? describeEnv(sync, spec, sync.now).problem : undefined;

function start(sync: PodSync, container: ContainerState): boolean {
  startRun(sync, container);
  return true;
}
