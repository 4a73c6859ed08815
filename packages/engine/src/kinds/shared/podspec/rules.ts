import type { Part } from '../fields.ts';

/** What validation of a pod spec depends on besides the spec. */
export interface PodRules {
  /** A Pod itself, not a template of some other kind. */
  isPod?: boolean;
  /** The pod's own name, where it has one: generic ephemeral volumes derive names from it. */
  podName?: string | undefined;
}

/** What containers need to know of the pod around them. */
export interface PodFacts {
  rules: PodRules;
  /** Volumes that passed validation, by name. */
  volumes: ReadonlyMap<string, Part>;
  claimNames: ReadonlySet<string>;
  gracePeriodSeconds: number | undefined;
  restartPolicy: string;
  hostUsers: boolean;
  /** Name of the operating system, where the pod says it. */
  os: string | undefined;
}

/** Every container of a spec with its path; init containers first, as upstream visits them. */
export function* containersWithPath(spec: Part, path: string): Generator<[container: Part, path: string]> {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const [i, container] of ((spec[list] ?? []) as Part[]).entries()) yield [container, `${path}.${list}[${i}]`];
  }
}

export const isSidecar = (container: Part): boolean => container.restartPolicy === 'Always';
