import type { KubeObject } from '../../../core/object.ts';

/** Which pool a node belongs to. */
export const POOL_LABEL = 'sim.vivakube.dev/pool';
export const POOL_RESOURCE = 'sim.vivakube.dev/nodepools';
export const NUMBERS_MAX = 999;

const prefixOf = ({ metadata, spec }: KubeObject): string => spec?.namePrefix ?? `${metadata.name}-`;

/** The name of a pool's n-th node. A prefix without a hyphen leaves out the first number, as kind does: worker, worker2. */
export function nodeName(pool: KubeObject, number: number): string {
  const prefix = prefixOf(pool);
  return number === 1 && !prefix.endsWith('-') ? prefix : `${prefix}${number}`;
}
