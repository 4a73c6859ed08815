import type { Condition, KubeObject } from '#kube/types.ts';
import type { Tone } from '#ui/status.tsx';

export interface ContainerStatus {
  name: string;
  image?: string;
  ready?: boolean;
  restartCount?: number;
  started?: boolean;
  state?: { waiting?: { reason?: string; message?: string }; running?: { startedAt?: string }; terminated?: Terminated };
  lastState?: { terminated?: Terminated };
}
interface Terminated {
  reason?: string;
  exitCode?: number;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
}

/** Waiting for these is not being on the way: nothing will change until somebody changes something. */
const badWaits = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

export interface Waiting {
  reason: string;
  message?: string;
  container?: string;
  bad: boolean;
}

/** The first thing that keeps a pod from running, as the cluster words it. */
export function waitingReason(pod: KubeObject): Waiting | undefined {
  const scheduled = conditionsOf(pod).find((condition) => condition.type === 'PodScheduled');
  if (scheduled?.status === 'False')
    return { reason: scheduled.reason ?? 'Pending', message: scheduled.message, bad: scheduled.reason === 'Unschedulable' };
  const waits = [...statusesOf(pod, 'initContainerStatuses'), ...statusesOf(pod, 'containerStatuses')].flatMap((status) => {
    const waiting = status.state?.waiting;
    return waiting?.reason ? [{ reason: waiting.reason, message: waiting.message, container: status.name, bad: badWaits.has(waiting.reason) }] : [];
  });
  return waits.find((wait) => wait.bad) ?? waits[0];
}

export function conditionsOf(object: KubeObject): Condition[] {
  const conditions = object.status?.conditions;
  return Array.isArray(conditions) ? (conditions as Condition[]) : [];
}

export function statusesOf(pod: KubeObject, field: 'containerStatuses' | 'initContainerStatuses' | 'ephemeralContainerStatuses'): ContainerStatus[] {
  const statuses = pod.status?.[field];
  return Array.isArray(statuses) ? (statuses as ContainerStatus[]) : [];
}

export function isReady(pod: KubeObject): boolean {
  return conditionsOf(pod).some((condition) => condition.type === 'Ready' && condition.status === 'True');
}

export function podTone(pod: KubeObject): Tone {
  if (pod.metadata.deletionTimestamp) return 'idle';
  const phase = pod.status?.phase;
  if (phase === 'Succeeded') return 'idle';
  if (phase === 'Failed') return 'bad';
  const waiting = waitingReason(pod);
  if (waiting?.bad) return waiting.reason === 'Unschedulable' ? 'warn' : 'bad';
  return isReady(pod) ? 'ok' : 'progress';
}

/** One word for a pod, close to what `kubectl get pods` prints under STATUS. */
export function podWord(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const waiting = waitingReason(pod);
  if (waiting && waiting.reason !== 'Unschedulable') return waiting.reason;
  const ended = statusesOf(pod, 'containerStatuses').find((status) => status.state?.terminated);
  return ended?.state?.terminated?.reason ?? String(pod.status?.phase ?? 'Unknown');
}

export function containerTone(status: ContainerStatus | undefined): { tone: Tone; word: string; message?: string } {
  if (status?.state?.running) return { tone: status.ready ? 'ok' : 'progress', word: 'Running' };
  if (status?.state?.terminated) {
    const { exitCode = 0, reason, message } = status.state.terminated;
    return { tone: exitCode === 0 ? 'idle' : 'bad', word: `${reason ?? 'Terminated'} (${exitCode})`, message };
  }
  const reason = status?.state?.waiting?.reason ?? 'Waiting';
  return { tone: badWaits.has(reason) ? 'bad' : 'progress', word: reason, message: status?.state?.waiting?.message };
}
