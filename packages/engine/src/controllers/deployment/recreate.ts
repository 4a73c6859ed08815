import type { View } from '../../core/txn.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { PODS, type Pod } from '../shared/objects.ts';
import { controllerOf } from '../shared/owners.ts';
import { active, type Resize, type Sets, sum } from './sets.ts';

// Models pkg/controller/deployment/recreate.go.

export const stopOld = (sets: Sets): Resize[] => active(sets.old).map((set) => ({ set, replicas: 0 }));

const mayRun = (pod: Pod): boolean => pod.status?.phase !== 'Failed' && pod.status?.phase !== 'Succeeded';

/** Terminating pods still run. */
export function oldPodsRunning(view: View, { old }: Sets): boolean {
  if (sum(old, (set) => set.status?.replicas ?? 0) > 0) return true;
  return old.some((set) => {
    const pods = view.indexed(resourceOf(PODS), 'owner', set.metadata.uid) as unknown as Pod[];
    return pods.some((pod) => controllerOf(pod)?.uid === set.metadata.uid && mayRun(pod));
  });
}
