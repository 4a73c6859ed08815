import type { Instant } from '../core/instant.ts';
import { conditionOf } from '../kinds/shared/pod.ts';
import { runHook } from './hooks.ts';
import { storageExcess } from './local-storage.ts';
import { shouldRestart } from './restart-rules.ts';
import { programOf } from './runs.ts';
import type { ContainerState, Kill, PodState } from './state.ts';
import { type PodSync, specOf } from './sync.ts';

const SIGKILLED = 137;
const GRACE_DEFAULT_SECONDS = 30;
/** Models immediateEvictionGracePeriodSeconds. */
const EVICTION_GRACE_SECONDS = 1;
/** Models minimumGracePeriodInSeconds in pkg/kubelet/kuberuntime. */
const LAST_GRACE_MS = 2000;

/** Starts the end of a pod that is deleted, has run for too long or has to make room; shortens it where a later delete asks for less. */
export function beginStopping(sync: PodSync): boolean {
  const { state, pod, now } = sync;
  const deleted = pod.metadata.deletionTimestamp !== undefined;
  const failure = deleted || state.stopping ? undefined : (overdue(sync) ?? evicted(sync));
  if (!deleted && !failure) return false;
  const graceSeconds = failure?.graceSeconds ?? pod.metadata.deletionGracePeriodSeconds ?? GRACE_DEFAULT_SECONDS;
  if (state.stopping) return shorten(state, now + graceSeconds * 1000);
  if (failure) {
    const { reason, message } = failure;
    state.failure = { reason, message };
    sync.event(failure.type, reason, message);
  }
  state.stopping = { since: now, killAt: now + graceSeconds * 1000 };
  delete state.due;
  for (const container of state.containers) stopContainer(sync, container, state.stopping.killAt, `Stopping container ${container.name}`, true);
  return true;
}

interface Failure {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  graceSeconds: number;
}

/** Models activeDeadlineHandler in pkg/kubelet. */
function overdue({ pod, state, now }: PodSync): Failure | undefined {
  const { activeDeadlineSeconds, terminationGracePeriodSeconds: graceSeconds = GRACE_DEFAULT_SECONDS } = pod.spec;
  if (activeDeadlineSeconds === undefined || now < state.admittedAt + activeDeadlineSeconds * 1000) return undefined;
  const message = 'Pod was active on the node longer than the specified deadline';
  return { type: 'Normal', reason: 'DeadlineExceeded', message, graceSeconds };
}

/** Models evictPod in pkg/kubelet/eviction/eviction_manager.go. */
function evicted(sync: PodSync): Failure | undefined {
  const target = conditionOf(sync.pod.status, 'DisruptionTarget');
  const excess = storageExcess(sync);
  const message = target?.reason === 'TerminationByKubelet' ? target.message : excess && excess.at <= sync.now ? excess.message : undefined;
  return message === undefined ? undefined : { type: 'Warning', reason: 'Evicted', message, graceSeconds: EVICTION_GRACE_SECONDS };
}

function shorten(state: PodState, killAt: Instant): boolean {
  const { stopping } = state;
  if (!stopping || killAt >= stopping.killAt) return false;
  stopping.killAt = killAt;
  for (const { kill } of state.containers) {
    if (!kill) continue;
    kill.killAt = Math.min(kill.killAt, killAt);
    if (kill.at !== undefined && kill.at > killAt) Object.assign(kill, { at: killAt, exitCode: SIGKILLED });
  }
  return true;
}

/** Models killContainer in pkg/kubelet/kuberuntime/kuberuntime_container.go, up to the preStop hook. */
export function stopContainer(sync: PodSync, container: ContainerState, killAt: Instant, message: string, inOrder = false): void {
  if (container.step !== 'running') {
    if (container.step !== 'exited') container.step = container.run?.finishedAt === undefined ? 'waiting' : 'exited';
    delete container.due;
    return;
  }
  if (container.kill) return;
  sync.event('Normal', 'Killing', message, container);
  container.kill = { killAt, ...(inOrder ? { inOrder: true } : {}) };
  const hook = specOf(sync, container).lifecycle?.preStop;
  if (!hook || killAt <= sync.now) return;
  const { tookMs, problem } = runHook(sync, container, hook);
  const until = sync.timing.instant ? sync.now : Math.min(sync.now + tookMs, killAt);
  container.kill.preStop = { until, ...(problem !== undefined && sync.now + tookMs <= killAt ? { failed: true } : {}) };
}

/** Lets the next container go whose preStop hook is through and whose turn it is; when the grace is over, any. */
export function tellToGo(sync: PodSync): boolean {
  for (const container of sync.state.containers) {
    const { kill } = container;
    if (container.step !== 'running' || !kill || kill.at !== undefined) continue;
    if (kill.preStop) {
      if (Math.min(kill.preStop.until, kill.killAt) > sync.now) continue;
      if (kill.preStop.failed) sync.event('Warning', 'FailedPreStopHook', 'PreStopHook failed', container);
      delete kill.preStop;
    }
    if (kill.inOrder && !isItsTurn(sync.state, container) && kill.killAt > sync.now && !sync.timing.instant) continue;
    signal(sync, container, kill);
    return true;
  }
  return false;
}

/** SIGTERM, and SIGKILL when the grace is over, of which a little is always left. */
function signal(sync: PodSync, container: ContainerState, kill: Kill): void {
  const { term } = programOf(sync, container);
  const killAt = Math.max(kill.killAt, sync.now + LAST_GRACE_MS);
  const wentAt = term && sync.now + term.afterMs;
  if (sync.timing.instant) Object.assign(kill, { at: sync.now, exitCode: term?.exitCode ?? SIGKILLED });
  else if (term && wentAt !== undefined && wentAt <= killAt) Object.assign(kill, { at: wentAt, exitCode: term.exitCode });
  else Object.assign(kill, { at: killAt, exitCode: SIGKILLED });
}

/** Models terminationOrdering in pkg/kubelet/kuberuntime: a sidecar waits for the main containers and the sidecars after it. */
function isItsTurn({ containers }: PodState, container: ContainerState): boolean {
  if (container.role !== 'sidecar') return true;
  return containers.slice(containers.indexOf(container) + 1).every((c) => c.role === 'ephemeral' || c.step !== 'running');
}

/** When a container that is being stopped is to be looked at again. */
export const nextKillAt = ({ killAt, preStop, at }: Kill): Instant => at ?? Math.min(killAt, preStop?.until ?? killAt);

export const isStopped = (state: PodState): boolean => state.containers.every((c) => c.step !== 'running');

/** Sidecars go when the last of the others has ended for good. */
export function stopSidecars(sync: PodSync): boolean {
  const { containers } = sync.state;
  const running = containers.filter((c) => c.role === 'sidecar' && c.step === 'running' && !c.kill);
  if (running.length === 0) return false;
  if (!appsEnded(sync)) return false;
  const graceMs = (sync.pod.spec.terminationGracePeriodSeconds ?? GRACE_DEFAULT_SECONDS) * 1000;
  for (const container of running) stopContainer(sync, container, sync.now + graceMs, `Stopping container ${container.name}`, true);
  return true;
}

export const appsEnded = (sync: PodSync): boolean =>
  sync.state.containers
    .filter((c) => c.role === 'app')
    .every((c) => c.step === 'exited' && !shouldRestart(sync.pod, c, specOf(sync, c), c.run?.exitCode ?? 0));
