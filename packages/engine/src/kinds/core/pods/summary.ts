import { type Instant, parseRfc3339 } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import { humanDuration } from '../../../machinery/age.ts';
import type { Part } from '../../shared/fields.ts';
import { isSidecar } from '../../shared/podspec/rules.ts';

/** What one line of `kubectl get pods` says about the containers. */
export interface PodSummary {
  ready: number;
  total: number;
  status: string;
  restarts: number;
  /** When a container last ended and was started again. */
  lastRestartAt: Instant | undefined;
}

const summaries = new WeakMap<KubeObject, PodSummary>();

/** Stored pods never change, so each is looked at once. */
export function podSummary(pod: KubeObject): PodSummary {
  let summary = summaries.get(pod);
  if (!summary) {
    summary = summarize(pod);
    summaries.set(pod, summary);
  }
  return summary;
}

/** Restarts of a group of containers. */
class Restarts {
  count = 0;
  lastAt: Instant | undefined;

  add(status: Part): void {
    this.count += status.restartCount ?? 0;
    const finishedAt = status.lastState?.terminated?.finishedAt;
    const at = finishedAt ? parseRfc3339(finishedAt) : undefined;
    if (at !== undefined && (this.lastAt === undefined || at > this.lastAt)) this.lastAt = at;
  }
}

const conditionOf = (pod: KubeObject, type: string): Part | undefined => ((pod.status?.conditions ?? []) as Part[]).find((c) => c.type === type);

/** Models printPod of pkg/printers/internalversion. */
function summarize(pod: KubeObject): PodSummary {
  const init = summarizeInit(pod);
  let { restarts, ready, status } = init;
  if (!init.initializing || conditionOf(pod, 'Initialized')?.status === 'True') {
    const running = summarizeRunning(pod, init.reason, init.sidecarRestarts);
    restarts = running.restarts;
    ready += running.ready;
    status = running.status;
  }
  const sidecars = ((pod.spec?.initContainers ?? []) as Part[]).filter(isSidecar).length;
  return {
    ready,
    total: (pod.spec?.containers ?? []).length + sidecars,
    status: deletionStatus(pod) ?? status,
    restarts: restarts.count,
    lastRestartAt: restarts.lastAt,
  };
}

function podReason(pod: KubeObject): string {
  if (((pod.status?.conditions ?? []) as Part[]).some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated')) return 'SchedulingGated';
  return pod.status?.reason || pod.status?.phase || '';
}

interface InitSummary {
  initializing: boolean;
  /** What the pod says of itself, before its containers are looked at. */
  reason: string;
  status: string;
  ready: number;
  restarts: Restarts;
  sidecarRestarts: Restarts;
}

/** Walks the init containers up to the first that is not done. */
function summarizeInit(pod: KubeObject): InitSummary {
  const specs = new Map<string, Part>(((pod.spec?.initContainers ?? []) as Part[]).map((c) => [c.name, c]));
  const reason = podReason(pod);
  const summary: InitSummary = {
    initializing: false,
    reason,
    status: reason,
    ready: 0,
    restarts: new Restarts(),
    sidecarRestarts: new Restarts(),
  };
  for (const [i, status] of ((pod.status?.initContainerStatuses ?? []) as Part[]).entries()) {
    const spec = specs.get(status.name);
    const sidecar = spec !== undefined && isSidecar(spec);
    summary.restarts.add(status);
    if (sidecar) summary.sidecarRestarts.add(status);
    if (status.state?.terminated?.exitCode === 0) continue;
    if (sidecar && status.started) {
      if (status.ready) summary.ready++;
      continue;
    }
    summary.initializing = true;
    summary.status = initStatus(status, i, specs.size);
    break;
  }
  return summary;
}

function initStatus(status: Part, index: number, count: number): string {
  const { terminated, waiting } = status.state ?? {};
  if (terminated) return `Init:${endReason(terminated)}`;
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
  return `Init:${index}/${count}`;
}

const endReason = (terminated: Part): string =>
  terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode ?? 0}`);

/** The first container that has something to say gives the pod its status. */
function summarizeRunning(pod: KubeObject, reason: string, restarts: Restarts): { status: string; ready: number; restarts: Restarts } {
  let status = reason;
  let ready = 0;
  for (const container of [...((pod.status?.containerStatuses ?? []) as Part[])].reverse()) {
    restarts.add(container);
    const { waiting, terminated, running } = container.state ?? {};
    if (waiting?.reason) status = waiting.reason;
    else if (terminated) status = endReason(terminated);
    else if (container.ready && running) ready++;
  }
  if (status === 'Completed' && ready > 0) status = conditionOf(pod, 'Ready')?.status === 'True' ? 'Running' : 'NotReady';
  return { status, ready, restarts };
}

function deletionStatus(pod: KubeObject): string | undefined {
  if (!pod.metadata.deletionTimestamp) return undefined;
  if (pod.status?.reason === 'NodeLost') return 'Unknown';
  return pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded' ? undefined : 'Terminating';
}

export function restartsText({ restarts, lastRestartAt }: PodSummary, now: Instant): string {
  return restarts === 0 || lastRestartAt === undefined ? String(restarts) : `${restarts} (${humanDuration(now - lastRestartAt)} ago)`;
}
