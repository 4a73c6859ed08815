import type { Container, ContainerStatus } from '@vivakube/schema/types/core.v1';
import { type Instant, parseRfc3339 } from '../core/instant.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { ContainerRole, ContainerState, PodState, Run } from './state.ts';

/** A pod as its node sees it first. */
export function admitted(pod: PodObject, key: string, now: Instant): PodState {
  const init = (pod.spec.initContainers ?? []).map((c) => fresh(c, c.restartPolicy === 'Always' ? 'sidecar' : 'init', now));
  const apps = pod.spec.containers.map((c) => fresh(c, 'app', now));
  return { key, node: pod.spec.nodeName as string, admittedAt: now, stage: 'mounting', containers: [...init, ...apps] };
}

/** A pod that runs already, as a kubelet that starts anew finds it. */
export function adopted(pod: PodObject, key: string, now: Instant): PodState {
  const state = admitted(pod, key, now);
  const found = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  state.containers = state.containers.map((container) =>
    resumed(
      container,
      found.find((c) => c.name === container.name),
    ),
  );
  state.admittedAt = parseRfc3339(pod.status?.startTime ?? '') ?? now;
  state.stage = 'running';
  state.sandboxAt = state.admittedAt;
  if (pod.status?.podIP) state.address = pod.status.podIP;
  return state;
}

/** Whether there is anything to find. */
export const runsAlready = (pod: PodObject): boolean => pod.status?.containerStatuses?.some((c) => c.state?.running) ?? false;

function resumed(container: ContainerState, status: ContainerStatus | undefined): ContainerState {
  const { running, terminated } = status?.state ?? {};
  if (!status || (!running && !terminated)) return container;
  const { due: _due, ...kept } = container;
  const startedAt = parseRfc3339(running?.startedAt ?? terminated?.startedAt ?? '') ?? 0;
  const run: Run = { attempt: status.restartCount, startedAt };
  if (terminated)
    Object.assign(run, {
      finishedAt: parseRfc3339(terminated.finishedAt ?? '') ?? startedAt,
      exitCode: terminated.exitCode,
      reason: terminated.reason ?? 'Completed',
    });
  return {
    ...kept,
    step: running ? 'running' : 'exited',
    run,
    restarts: status.restartCount,
    image: { written: status.image, name: status.image, id: status.imageID },
    ready: status.ready,
    started: running !== undefined,
    hasBeenUp: true,
  };
}

/** Takes note of ephemeral containers that were added since. */
export function addEphemeral(state: PodState, pod: PodObject, now: Instant): void {
  for (const spec of pod.spec.ephemeralContainers ?? []) {
    if (!state.containers.some((c) => c.name === spec.name)) state.containers.push(fresh(spec as Container, 'ephemeral', now));
  }
}

const fresh = (spec: Container, role: ContainerRole, now: Instant): ContainerState => ({
  name: spec.name,
  role,
  step: 'waiting',
  restarts: 0,
  ready: false,
  started: false,
  probes: {},
  due: now,
});

/** All containers of a pod's spec by name. */
export const containersOf = (pod: PodObject): ReadonlyMap<string, Container> =>
  new Map(
    [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...((pod.spec.ephemeralContainers ?? []) as Container[])].map((c) => [c.name, c]),
  );
