import { hash32 } from '../core/chance.ts';
import type { Cycle } from './framework.ts';

/** Longer chains of owners are no longer followed. */
const OWNERS_MAX = 4;

/**
 * What decides among nodes that are equally good. Servers draw each for itself, so that all nodes of a large cluster get their turn;
 * tasks draw by whoever starts them again and again, so that one run of a CronJob goes where the last one went.
 */
export function luckOf({ pod, view }: Cycle, seed: string): number {
  const { metadata, spec } = pod.pod;
  const isTask = spec.restartPolicy === 'Never' || spec.restartPolicy === 'OnFailure';
  return hash32(`${seed}\u0000${isTask ? starterOf({ pod, view }) : metadata.uid}\u0000schedule`);
}

/** The uid of the first in a chain of owners. */
function starterOf({ pod, view }: Pick<Cycle, 'pod' | 'view'>): string | undefined {
  let { uid, ownerReferences } = pod.pod.metadata;
  for (let i = 0; i < OWNERS_MAX; i++) {
    const owner = ownerReferences?.find(({ controller }) => controller);
    if (!owner) break;
    uid = owner.uid;
    const cut = owner.apiVersion.indexOf('/');
    const group = cut < 0 ? 'core' : owner.apiVersion.slice(0, cut);
    ownerReferences = view.get(`${group}/${owner.kind.toLowerCase()}s/${pod.namespace}/${owner.name}`)?.metadata
      .ownerReferences as typeof ownerReferences;
  }
  return uid;
}
