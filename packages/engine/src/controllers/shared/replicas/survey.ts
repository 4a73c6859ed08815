import type { KubeObject } from '../../../core/object.ts';
import type { View } from '../../../core/txn.ts';
import type { Api } from '../../../machinery/controller.ts';
import type { Labels } from '../matcher.ts';
import type { KindName, Live, Pod } from '../objects.ts';
import { newControllerRef, withOwner, withoutOwner } from '../owners.ts';
import { isPodActive } from '../pods.ts';
import { type Replica, replicaOf, replicasOf } from './controlled.ts';

/** The pods that an owner controls, in no order. */
export interface Survey {
  active: Replica[];
  terminatingCount: number;
  /** Active, but no longer selected. */
  strays: Pod[];
}

/** One pass over all of them, as there may be thousands. */
export function survey(view: View, ownerUid: string, matches: (labels: Labels) => boolean): Survey {
  const found: Survey = { active: [], terminatingCount: 0, strays: [] };
  for (const replica of replicasOf(view, ownerUid).values()) {
    const { pod, standing } = replica;
    if (!matches(pod.metadata.labels)) {
      if (standing === 'active') found.strays.push(pod);
    } else if (standing === 'active') found.active.push(replica);
    else if (standing === 'terminating') found.terminatingCount++;
  }
  return found;
}

export const byName = (a: Pod, b: Pod): number => (a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0);

/** Lets go what no longer matches and takes what does; returns the active pods after that. Models ClaimPods in pkg/controller/controller_ref_manager.go. */
export function claimPods(
  api: Api,
  view: View,
  owner: Live<KubeObject>,
  kind: KindName,
  matches: (labels: Labels) => boolean,
  { active, strays }: Survey,
): Replica[] {
  if (owner.metadata.deletionTimestamp) return active;
  for (const pod of strays.sort(byName)) api.update(withoutOwner(pod, owner.metadata.uid) as KubeObject);
  const loose = (view.indexed('core/pods', 'orphan', owner.metadata.namespace as string) as unknown as Pod[]).filter(
    (pod) => isPodActive(pod) && matches(pod.metadata.labels),
  );
  if (loose.length === 0) return active;
  return [...active, ...loose.map((pod) => replicaOf(api.update(withOwner(pod, newControllerRef(owner, kind)) as KubeObject) as unknown as Pod))];
}
