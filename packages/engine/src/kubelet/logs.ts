import type { ContainerStatus } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import type { View } from '../core/txn.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { ImageService } from '../kinds/shared/program.ts';
import { podKeyOf } from './keys.ts';
import { nodeRecord } from './node-record.ts';
import { programOf } from './runs.ts';
import { containersOf } from './start-state.ts';
import type { PodState } from './state.ts';
import { containerId } from './status-containers.ts';

export interface ContainerLine {
  at: Instant;
  text: string;
  stream: 'stdout' | 'stderr';
}

export interface Log {
  /** Whose log it is: every run has its own. */
  containerId: string;
  lines: ContainerLine[];
  /** Whether the container still runs. */
  live: boolean;
  /** When it prints next by itself. */
  nextAt?: Instant;
}

/** Which run of a container is meant, or why there is nothing to read. Models validateContainerLogStatus in pkg/kubelet/kubelet_pods.go. */
export function loggedRun(pod: PodObject, name: string, previous: boolean): { containerId: string } | { problem: string } {
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = pod.status ?? {};
  const status = [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses].find((s) => s.name === name);
  const container = `container "${name}" in pod "${pod.metadata.name}"`;
  if (!status) return { problem: `${container} is not available` };
  const { running, terminated, waiting } = status.state ?? {};
  const last = status.lastState?.terminated?.containerID;
  const found = previous ? last : running ? status.containerID : (terminated?.containerID ?? last);
  if (found) return { containerId: found };
  if (previous) return { problem: `previous terminated ${container} not found` };
  if (terminated) return { problem: `${container} is terminated` };
  return { problem: `${container} is waiting to start${waitingFor(waiting?.reason)}` };
}

function waitingFor(reason: NonNullable<NonNullable<ContainerStatus['state']>['waiting']>['reason'] | undefined): string {
  if (reason === undefined) return ' - no logs yet';
  if (reason === 'ErrImagePull') return ": image can't be pulled";
  return reason === 'ImagePullBackOff' ? ': trying and failing to pull image' : `: ${reason}`;
}

/** What one run of a container has printed until now. Kept nowhere: it follows from the program and the time. */
export function logOfRun(view: View, images: ImageService, pod: PodObject, name: string, id: string): Log {
  const state = view.runtime<PodState>(podKeyOf(pod.metadata.uid as string));
  const node = nodeRecord(view, pod.spec.nodeName ?? '');
  const container = state?.containers.find((c) => c.name === name);
  const run = [container?.run, container?.last].find((r) => r && container && containerId(pod, container, r) === id);
  if (!state || !node || !container || !run) return { containerId: id, lines: [], live: false };
  const program = programOf({ pod, view, node, state, images, specs: containersOf(pod), await: () => undefined }, container, run);
  const live = run.finishedAt === undefined;
  const untilMs = Math.min(view.now, run.finishedAt ?? view.now) - run.startedAt;
  const nextMs = live ? program.nextLogMs?.(untilMs) : undefined;
  return {
    containerId: id,
    lines: program.log(untilMs).map(({ atMs, text, stream }) => ({ at: run.startedAt + atMs, text, stream })),
    live,
    ...(nextMs === undefined ? {} : { nextAt: run.startedAt + nextMs }),
  };
}
