import type { KubeObject } from '../../../core/object.ts';
import { goQuote } from '../../field.ts';

type Spec = KubeObject['spec'];

/** One way in which a pod is not as a level wants it: the reason alone, and what exactly. */
export interface Finding {
  reason: string;
  detail: string;
}

/**
 * A rule of the Pod Security Standards; undefined where the pod keeps it.
 *  `minor` is the version as of which it is asked; what changed in it since then does not count. */
export type Check = (spec: Spec, metadata: KubeObject['metadata'], minor: number) => Finding | undefined;

export const containersOf = (spec: Spec): Spec[] => [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];

export const namesWhere = (spec: Spec, isBad: (container: Spec) => boolean): string[] =>
  containersOf(spec)
    .filter(isBad)
    .map(({ name }) => name);

export const plural = (one: string, many: string, count: number): string => (count === 1 ? one : many);

export const quoted = (names: Iterable<string>): string => [...names].map(goQuote).join(', ');

/** `container "a"`, `containers "a", "b"`. */
export const containersText = (names: readonly string[]): string => `${plural('container', 'containers', names.length)} ${quoted(names)}`;

/** `pod and container "a"`: who set something that may not be set. */
export const settersText = (pod: boolean, names: readonly string[]): string =>
  [...(pod ? ['pod'] : []), ...(names.length > 0 ? [containersText(names)] : [])].join(' and ');

export const sortedSet = (values: Iterable<string>): string[] => [...new Set(values)].sort();
