import type { Instant } from '../core/instant.ts';
import { shouldRestart } from './restart.ts';
import { programOf } from './runs.ts';
import type { ContainerState, PodState } from './state.ts';
import { type PodSync, specOf } from './sync.ts';

const SIGKILLED = 137;
const GRACE_DEFAULT_SECONDS = 30;

/** Starts the end of a pod that is deleted or has run for too long; shortens it where a later delete asks for less. */
export function beginStopping(sync: PodSync): boolean {
  const { state, pod, now } = sync;
  const deleted = pod.metadata.deletionTimestamp !== undefined;
  const { activeDeadlineSeconds } = pod.spec;
  const overdue = activeDeadlineSeconds !== undefined && now >= state.admittedAt + activeDeadlineSeconds * 1000;
  if (!deleted && !overdue) return false;
  const graceSeconds = (deleted ? pod.metadata.deletionGracePeriodSeconds : pod.spec.terminationGracePeriodSeconds) ?? GRACE_DEFAULT_SECONDS;
  if (state.stopping) return shorten(state, now + graceSeconds * 1000);
  if (!deleted) {
    state.failure = { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' };
    sync.event('Normal', state.failure.reason, state.failure.message);
  }
  state.stopping = { since: now, killAt: now + graceSeconds * 1000 };
  delete state.due;
  for (const container of state.containers) stopContainer(sync, container, state.stopping.killAt, `Stopping container ${container.name}`);
  return true;
}

function shorten(state: PodState, killAt: Instant): boolean {
  const { stopping } = state;
  if (!stopping || killAt >= stopping.killAt) return false;
  stopping.killAt = killAt;
  for (const { kill } of state.containers) {
    if (kill && kill.at > killAt) Object.assign(kill, { at: killAt, exitCode: SIGKILLED });
  }
  return true;
}

/** Models killContainer in pkg/kubelet/kuberuntime/kuberuntime_container.go: preStop, SIGTERM, and SIGKILL when the grace is over. */
export function stopContainer(sync: PodSync, container: ContainerState, killAt: Instant, message: string): void {
  if (container.step !== 'running') {
    if (container.step !== 'exited') container.step = container.run?.finishedAt === undefined ? 'waiting' : 'exited';
    delete container.due;
    return;
  }
  if (container.kill) return;
  sync.event('Normal', 'Killing', message, container);
  const { term } = programOf(sync, container);
  const termAt = sync.now + preStopMs(sync, container);
  const wentAt = term ? termAt + (sync.timing.instant ? 0 : term.afterMs) : undefined;
  if (sync.timing.instant) container.kill = { at: sync.now, exitCode: term?.exitCode ?? SIGKILLED };
  else
    container.kill = wentAt !== undefined && wentAt <= killAt ? { at: wentAt, exitCode: term?.exitCode ?? 0 } : { at: killAt, exitCode: SIGKILLED };
}

function preStopMs(sync: PodSync, container: ContainerState): number {
  const hook = specOf(sync, container).lifecycle?.preStop;
  if (hook?.sleep) return hook.sleep.seconds * 1000;
  const command = hook?.exec?.command ?? [];
  const sleeps = /\bsleep\s+(\d+)/.exec(command.join(' '));
  return sleeps ? Number(sleeps[1]) * 1000 : 0;
}

export const isStopped = (state: PodState): boolean => state.containers.every((c) => c.step !== 'running');

/** Sidecars go when the last of the others has ended for good. */
export function stopSidecars(sync: PodSync): boolean {
  const { containers } = sync.state;
  const running = containers.filter((c) => c.role === 'sidecar' && c.step === 'running' && !c.kill);
  if (running.length === 0) return false;
  if (!appsEnded(sync)) return false;
  const graceMs = (sync.pod.spec.terminationGracePeriodSeconds ?? GRACE_DEFAULT_SECONDS) * 1000;
  for (const container of running) stopContainer(sync, container, sync.now + graceMs, `Stopping container ${container.name}`);
  return true;
}

export const appsEnded = (sync: PodSync): boolean =>
  sync.state.containers
    .filter((c) => c.role === 'app')
    .every((c) => c.step === 'exited' && !shouldRestart(sync.pod, c, specOf(sync, c), c.run?.exitCode ?? 0));
