import type { Container } from '@vivakube/schema/types/core.v1';
import type { Instant } from '../core/instant.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import type { ContainerRole, ContainerState, PodState } from './state.ts';

/** A pod as its node sees it first. */
export function admitted(pod: PodObject, key: string, now: Instant): PodState {
  const init = (pod.spec.initContainers ?? []).map((c) => fresh(c, c.restartPolicy === 'Always' ? 'sidecar' : 'init', now));
  const apps = pod.spec.containers.map((c) => fresh(c, 'app', now));
  return { key, node: pod.spec.nodeName as string, admittedAt: now, stage: 'mounting', containers: [...init, ...apps] };
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
  due: now,
  restarts: 0,
  ready: false,
  started: false,
  probes: {},
});

/** All containers of a pod's spec by name. */
export const containersOf = (pod: PodObject): ReadonlyMap<string, Container> =>
  new Map(
    [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...((pod.spec.ephemeralContainers ?? []) as Container[])].map((c) => [c.name, c]),
  );
