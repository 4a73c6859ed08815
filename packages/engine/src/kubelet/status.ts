import type { PodCondition, PodStatus } from '@vivakube/schema/types/core.v1';
import { toRfc3339 } from '../core/instant.ts';
import { intern } from '../core/stored.ts';
import { conditionOf, type PodObject, renewedCondition, sameCondition } from '../kinds/shared/pod.ts';
import { isInitialised, isMain, isPassed } from './order.ts';
import { shouldRestart } from './restart-rules.ts';
import type { ContainerState, PodState } from './state.ts';
import { containerStatus } from './status-containers.ts';
import { type PodSync, specOf } from './sync.ts';

type Phase = NonNullable<PodStatus['phase']>;

/** The status that the kubelet reports. Models generateAPIPodStatus in pkg/kubelet/kubelet_pods.go. */
export function podStatus(sync: PodSync): PodStatus {
  const { pod, state, node } = sync;
  const initialised = isInitialised(sync);
  const phase = phaseOf(sync, initialised);
  const reported = (role: (c: ContainerState) => boolean) =>
    state.containers.filter(role).map((c) => containerStatus(pod, specOf(sync, c), c, initialised, isOver(state)));
  const init = reported((c) => c.role === 'init' || c.role === 'sidecar');
  const ephemeral = reported((c) => c.role === 'ephemeral');
  const status: PodStatus = { ...pod.status };
  if (status.reason !== undefined) delete status.reason;
  if (status.message !== undefined) delete status.message;
  if (status.podIP !== undefined) delete status.podIP;
  if (status.podIPs !== undefined) delete status.podIPs;
  status.observedGeneration = pod.metadata.generation ?? 0;
  status.phase = phase;
  status.conditions = conditions(sync, phase, initialised);
  status.hostIP = node.address;
  status.hostIPs = [{ ip: node.address }];
  if (state.address) {
    status.podIP = state.address;
    status.podIPs = [{ ip: state.address }];
  }
  status.startTime ??= toRfc3339(state.admittedAt);
  if (init.length > 0) status.initContainerStatuses = init;
  status.containerStatuses = reported((c) => c.role === 'app');
  if (ephemeral.length > 0) status.ephemeralContainerStatuses = ephemeral;
  addPodResources(status, pod, state);
  // Models mergePodStatus in pkg/kubelet/status: why a pod failed is told together with that it did.
  if (state.failure && phase === 'Failed') {
    status.reason = state.failure.reason;
    status.message = state.failure.message;
  }
  return status;
}

/** Where the pod as a whole has a size. Models InPlacePodLevelResourcesVerticalScaling. */
function addPodResources(status: PodStatus, { spec }: PodObject, { resources, sandboxAt }: PodState): void {
  if (!spec.resources || sandboxAt === undefined) return;
  const { allocated, actual } = resources ?? { allocated: spec.resources, actual: spec.resources };
  if (allocated.requests) status.allocatedResources = allocated.requests;
  status.resources = actual;
}

/** Models getPhase. */
function phaseOf(sync: PodSync, initialised: boolean): Phase {
  const { state, pod } = sync;
  if (state.failure) return state.stage === 'finished' ? 'Failed' : pod.status?.phase === 'Running' ? 'Running' : 'Pending';
  const initFailed = state.containers.some((c) => c.role === 'init' && hasFailedForGood(sync, c));
  if (initFailed) return 'Failed';
  const apps = state.containers.filter((c) => c.role === 'app');
  if (isOver(state)) return apps.every((c) => c.step === 'exited' && c.run?.exitCode === 0) ? 'Succeeded' : 'Failed';
  const ran = apps.filter((c) => c.run !== undefined);
  if (!initialised && ran.length === 0) return 'Pending';
  if (ran.length < apps.length) return 'Pending';
  if (apps.some((c) => c.step === 'running' || mayRunAgain(sync, c))) return 'Running';
  if (state.containers.some((c) => c.role === 'sidecar' && c.step === 'running')) return 'Running';
  return apps.every((c) => c.run?.exitCode === 0) ? 'Succeeded' : 'Failed';
}

/** A pod that was stopped is over, whatever its restart policy. Models TerminatePod in pkg/kubelet/status. */
export const isOver = ({ stage, stopping, isStatic }: PodState): boolean => stage === 'finished' && stopping !== undefined && !isStatic;

const mayRunAgain = (sync: PodSync, container: ContainerState): boolean =>
  container.due !== undefined || shouldRestart(sync.pod, container, specOf(sync, container), container.run?.exitCode ?? 0);

const hasFailedForGood = (sync: PodSync, container: ContainerState): boolean =>
  container.step === 'exited' && container.run?.exitCode !== 0 && !mayRunAgain(sync, container);

function conditions(sync: PodSync, phase: Phase, initialised: boolean): PodCondition[] {
  const { pod, state } = sync;
  const time = toRfc3339(sync.now);
  const observedGeneration = pod.metadata.generation ?? 0;
  const containersReady = containersReadyCondition(sync, phase);
  const networked = state.sandboxAt !== undefined && state.stage !== 'finished';
  const wanted: PodCondition[] = [
    { type: 'PodReadyToStartContainers', status: networked ? 'True' : 'False' },
    initialisedCondition(sync, phase, initialised),
    readyCondition(sync, containersReady),
    containersReady,
    scheduled(pod),
    ...restartingAll(state),
    ...resizing(state),
  ];
  const known: PodCondition[] = pod.status?.conditions ?? [];
  const all = wanted.map((condition) => {
    condition.observedGeneration ??= observedGeneration;
    return renewedCondition(conditionOf(pod.status, condition.type), condition, time);
  });
  // The kubelet's own come first and in its order; what others have set (readiness gates) stays behind them.
  for (const condition of known) if (!isResizeCondition(condition) && !wanted.some(({ type }) => type === condition.type)) all.push(condition);
  return sharedConditions(all);
}

let latest: PodCondition[] = [];

/** Pods that start together say the same of themselves, so they can say it with the same words. */
function sharedConditions(conditions: PodCondition[]): PodCondition[] {
  const isLatest = conditions.length === latest.length && conditions.every((condition, i) => sameToTheWord(condition, latest[i] as PodCondition));
  if (!isLatest) latest = intern(conditions);
  return latest;
}

const sameToTheWord = (a: PodCondition, b: PodCondition): boolean => a.lastProbeTime === b.lastProbeTime && sameCondition(a, b);

const scheduled = (pod: PodObject): PodCondition => ({ type: 'PodScheduled', status: conditionOf(pod.status, 'PodScheduled')?.status ?? 'True' });

const restartingAll = ({ restartAll }: PodState): PodCondition[] =>
  restartAll ? [{ type: 'AllContainersRestarting', status: restartAll === 'done' ? 'False' : 'True' }] : [];

/** Models GetPodResizeConditions in pkg/kubelet/status. */
function resizing({ resize }: PodState): PodCondition[] {
  const { pending, due, generation, error } = resize ?? {};
  const found: PodCondition[] = [];
  if (pending) {
    const { reason, message } = pending;
    found.push({ type: 'PodResizePending', status: 'True', reason, message, observedGeneration: pending.generation });
  }
  const failed = error === undefined ? {} : { reason: 'Error', message: error };
  if (due !== undefined || error !== undefined)
    found.push({ type: 'PodResizeInProgress', status: 'True', ...failed, observedGeneration: generation ?? 0 });
  return found;
}

const isResizeCondition = ({ type }: PodCondition): boolean => type === 'PodResizePending' || type === 'PodResizeInProgress';

function initialisedCondition(sync: PodSync, phase: Phase, initialised: boolean): PodCondition {
  if (initialised) return { type: 'Initialized', status: 'True', ...(phase === 'Succeeded' ? { reason: 'PodCompleted' } : {}) };
  const incomplete = sync.state.containers.filter((c) => !isMain(c) && !isPassed(c)).map((c) => c.name);
  return {
    type: 'Initialized',
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${incomplete.join(' ')}]`,
  };
}

/** Models GenerateContainersReadyCondition in pkg/kubelet/status/generate.go. */
function containersReadyCondition({ state }: PodSync, phase: Phase): PodCondition {
  const type = 'ContainersReady';
  if (phase === 'Succeeded') return { type, status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' };
  const unready = state.containers.filter((c) => (c.role === 'app' || c.role === 'sidecar') && !c.ready).map((c) => c.name);
  if (unready.length === 0) return { type, status: 'True' };
  return { type, status: 'False', reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
}

function readyCondition({ pod }: PodSync, containersReady: PodCondition): PodCondition {
  const type = 'Ready';
  if (containersReady.status !== 'True') return { ...containersReady, type };
  const problems: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const condition = conditionOf(pod.status, conditionType);
    if (!condition) problems.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (condition.status !== 'True') problems.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`);
  }
  return problems.length === 0 ? { type, status: 'True' } : { type, status: 'False', reason: 'ReadinessGatesNotReady', message: problems.join(', ') };
}
