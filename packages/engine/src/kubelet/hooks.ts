import type { LifecycleHandler } from '@vivakube/schema/types/core.v1';
import { goQuote } from '../machinery/field.ts';
import { portNumber } from './probe-result.ts';
import { firstProbes } from './probes.ts';
import { programOf } from './runs.ts';
import type { ContainerState, Run } from './state.ts';
import { stopContainer } from './stop.ts';
import { type PodSync, specOf } from './sync.ts';
import { GRID_MS } from './timing.ts';
import { noteWrites } from './volume-data.ts';

export interface HookOutcome {
  /** Infinity where it does not come to an end. */
  tookMs: number;
  problem?: string;
}

/** What comes of a hook that begins now. Models HandlerRunner.Run in pkg/kubelet/lifecycle/handlers.go. */
export function runHook(sync: PodSync, container: ContainerState, hook: LifecycleHandler): HookOutcome {
  if (hook.sleep) return { tookMs: hook.sleep.seconds * 1000 };
  if (hook.exec) return execHook(sync, container, hook.exec.command ?? []);
  if (hook.httpGet) return httpHook(sync, container, hook.httpGet);
  return { tookMs: 0, problem: 'Cannot run handler: invalid handler' };
}

function execHook(sync: PodSync, container: ContainerState, command: readonly string[]): HookOutcome {
  const run = container.run as Run;
  const { exitCode, output, tookMs = 0, problem, writes = [] } = programOf(sync, container).exec(command, sync.now - run.startedAt);
  const own = noteWrites(sync, container, writes);
  if (own.length > 0) run.files = [...(run.files ?? []), ...own];
  if (exitCode === 0 && problem === undefined) return { tookMs };
  const said = output === '' ? '' : `${output}\n`;
  const error = problem ?? `command '${command.join(' ')}' exited with ${exitCode}: ${said}`;
  return {
    tookMs,
    problem: `Exec lifecycle hook ([${command.join(' ')}]) ${failedFor(sync, container)} - error: ${error}, message: ${goQuote(said)}`,
  };
}

/** Any answer will do. A hook's request reaches a program that has just started a moment later. */
function httpHook(
  sync: PodSync,
  container: ContainerState,
  { path = '', port, host, scheme = 'HTTP' }: NonNullable<LifecycleHandler['httpGet']>,
): HookOutcome {
  const tookMs = sync.timing.instant ? 0 : GRID_MS;
  const { address } = sync.state;
  if (host && host !== address && !['localhost', '127.0.0.1'].includes(host)) return { tookMs };
  const number = portNumber(port, specOf(sync, container));
  if (programOf(sync, container).listens(number, sync.now + tookMs - (container.run as Run).startedAt)) return { tookMs };
  const target = `${host || address}:${number}`;
  const error = `Get "${scheme.toLowerCase()}://${target}/${path.replace(/^\//, '')}": dial tcp ${target}: connect: connection refused`;
  return { tookMs, problem: `HTTP lifecycle hook (${path}) ${failedFor(sync, container)} - error: ${error}` };
}

const failedFor = ({ pod: { metadata } }: PodSync, container: ContainerState): string =>
  `for Container "${container.name}" in Pod "${metadata.name}_${metadata.namespace}(${metadata.uid})" failed`;

/** Begins what comes right after the start of a container. */
export function beginPostStart(
  sync: PodSync,
  container: ContainerState,
  hook: LifecycleHandler,
  shown: { reason: string; message?: string } | undefined,
): void {
  const { tookMs, problem } = runHook(sync, container, hook);
  container.ready = false;
  container.started = false;
  container.postStart = {
    ...(Number.isFinite(tookMs) ? { until: sync.now + tookMs } : {}),
    ...(problem === undefined ? {} : { problem }),
    ...(shown ? { shown } : {}),
  };
}

/** Models step 4 of startContainer in pkg/kubelet/kuberuntime/kuberuntime_container.go. */
export function endPostStarts(sync: PodSync): boolean {
  for (const container of sync.state.containers) {
    const { postStart } = container;
    if (!postStart || postStart.failed || postStart.until === undefined || postStart.until > sync.now) continue;
    if (postStart.problem === undefined) pass(sync, container);
    else failPostStart(sync, container);
    return true;
  }
  return false;
}

function pass(sync: PodSync, container: ContainerState): void {
  delete container.postStart;
  if (!container.kill) firstProbes(sync, container, specOf(sync, container));
}

/** What it said is not told in the event, where secrets could leak. */
function failPostStart(sync: PodSync, container: ContainerState): void {
  container.postStart = { ...container.postStart, failed: true };
  sync.event('Warning', 'FailedPostStartHook', 'PostStartHook failed', container);
  const graceSeconds = sync.pod.spec.terminationGracePeriodSeconds ?? 30;
  stopContainer(sync, container, sync.now + graceSeconds * 1000, 'FailedPostStartHook');
}
