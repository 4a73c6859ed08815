import type { KubeObject } from '../src/core/object.ts';
import type { World } from './world.ts';

/** What `kubectl get pod` would show of a pod, and its events: for transcripts in tests. */
export function seen(w: World, name: string, namespace = 'default'): string {
  const pod = w.object(`core/pods/${namespace}/${name}`);
  if (!pod) return 'gone';
  const containers = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return [pod.status?.phase, ...containers.map(containerText)].join(' | ');
}

function containerText({ name, ready, restartCount, state }: KubeObject['status']): string {
  const shown = state.running ? 'running' : state.waiting ? state.waiting.reason : `${state.terminated.reason}:${state.terminated.exitCode}`;
  return `${name} ${shown}${ready ? ' ready' : ''}${restartCount > 0 ? ` x${restartCount}` : ''}`;
}

/** Reasons of a pod's events with their counts, in the order of their texts. */
export const told = (w: World, name: string): string[] =>
  w
    .objects('core/events')
    .filter((e) => e.involvedObject.name === name)
    .map((e) => `${e.reason}${e.count > 1 ? ` x${e.count}` : ''}: ${e.message}`)
    .sort();

export const failures = (w: World): unknown[] => [...w.state.runtime.entries('failure/')];
