import type { ContainerState as ApiState, Container, ContainerStatus } from '@vivakube/schema/types/core.v1';
import { hexOf } from '../core/chance.ts';
import { toRfc3339 } from '../core/instant.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import { runtimeUid } from './mirror.ts';
import { isMain } from './order.ts';
import type { ContainerState, Run } from './state.ts';

/** What is told of one container. Models convertToAPIContainerStatuses in pkg/kubelet/kubelet_pods.go. */
export function containerStatus(pod: PodObject, spec: Container, container: ContainerState, initialised: boolean, over = false): ContainerStatus {
  const { run, image } = container;
  const known = stateOf(pod, container, initialised);
  const state = over && known.waiting && run ? LOST : known;
  const previous = known.waiting && run?.finishedAt !== undefined ? run : container.last;
  const shown = run ?? container.last;
  const allocated = container.resources?.allocated ?? spec.resources ?? {};
  const resources = container.resources?.actual ?? spec.resources ?? {};
  // Field by field: every start of a container comes through here, and conditional spreads are slow.
  const status = {} as ContainerStatus;
  if (allocated.requests && shown) status.allocatedResources = allocated.requests;
  if (shown) status.containerID = containerId(pod, container, shown);
  status.image = image?.name ?? spec.image ?? '';
  status.imageID = image?.id ?? '';
  status.lastState = previous ? { terminated: terminated(pod, container, previous) } : {};
  status.name = container.name;
  status.ready = isReady(container);
  if (shown) status.resources = resources;
  status.restartCount = container.restarts;
  if (container.role !== 'ephemeral') status.started = container.step === 'running' && (container.role === 'init' || container.started);
  status.state = state;
  if (shown) status.user = { linux: userOf(pod, spec) };
  if (spec.volumeMounts?.length && shown) status.volumeMounts = mountsOf(spec);
  return status;
}

const isReady = ({ role, run, ready }: ContainerState): boolean =>
  role === 'init' ? run?.finishedAt !== undefined && run.exitCode === 0 : role !== 'ephemeral' && ready;

const LOST: ApiState = {
  terminated: {
    exitCode: 137,
    finishedAt: null as unknown as string,
    message: 'The container could not be located when the pod was terminated',
    reason: 'ContainerStatusUnknown',
    startedAt: null as unknown as string,
  },
};

function stateOf(pod: PodObject, container: ContainerState, initialised: boolean): ApiState {
  const { run } = container;
  if (container.step === 'running' && run && !container.postStart) return { running: { startedAt: toRfc3339(run.startedAt) } };
  if (container.postStart?.shown) return { waiting: container.postStart.shown };
  if (run?.finishedAt !== undefined && container.reason === undefined) return { terminated: terminated(pod, container, run) };
  if (container.reason) return { waiting: { ...(container.message ? { message: container.message } : {}), reason: container.reason } };
  const waitsForOthers = pod.spec.initContainers?.length && !(isMain(container) && initialised);
  return { waiting: { reason: waitsForOthers ? 'PodInitializing' : 'ContainerCreating' } };
}

/** What a runtime says of a container whose program could not be started: it has never started then. */
export const START_ERROR = 'StartError';

const terminated = (pod: PodObject, container: ContainerState, run: Run): ApiState['terminated'] => ({
  containerID: containerId(pod, container, run),
  exitCode: run.exitCode ?? 0,
  finishedAt: toRfc3339(run.finishedAt ?? run.startedAt),
  ...(run.message ? { message: run.message } : {}),
  reason: run.reason ?? 'Completed',
  startedAt: toRfc3339(run.reason === START_ERROR ? 0 : run.startedAt),
});

/** Every run has an id of its own. */
export function containerId(pod: PodObject, container: { name: string }, run: { attempt: number }): string {
  const purpose = [runtimeUid(pod), container.name, run.attempt].join('\u0000');
  return `containerd://${hexOf(purpose, 8)}`;
}

function userOf(pod: PodObject, spec: Container): { gid: number; supplementalGroups: number[]; uid: number } {
  const uid = spec.securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser ?? 0;
  const gid = spec.securityContext?.runAsGroup ?? pod.spec.securityContext?.runAsGroup ?? 0;
  const groups = [
    gid,
    ...(pod.spec.securityContext?.fsGroup === undefined ? [] : [pod.spec.securityContext.fsGroup]),
    ...(pod.spec.securityContext?.supplementalGroups ?? []),
  ];
  return { gid, supplementalGroups: [...new Set(groups)].sort((a, b) => a - b), uid };
}

const mountsOf = (spec: Container): NonNullable<ContainerStatus['volumeMounts']> =>
  (spec.volumeMounts ?? []).map((mount) => ({
    mountPath: mount.mountPath,
    name: mount.name,
    ...(mount.readOnly ? { readOnly: true, recursiveReadOnly: mount.recursiveReadOnly === 'Enabled' ? 'Enabled' : 'Disabled' } : {}),
  }));
