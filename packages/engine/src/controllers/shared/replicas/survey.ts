import type { KubeObject } from '../../../core/object.ts';
import type { View } from '../../../core/txn.ts';
import type { Api } from '../../../machinery/controller.ts';
import { resourceOf } from '../../../machinery/kind.ts';
import type { Labels } from '../matcher.ts';
import type { KindName } from '../objects.ts';
import { type Live, PODS, type Pod } from '../objects.ts';
import { controllerOf, newControllerRef, withOwner, withoutOwner } from '../owners.ts';
import { isPodActive, isPodTerminating } from '../pods.ts';

export const POD_RESOURCE = resourceOf(PODS);

/** The pods that an owner controls. */
export interface Survey {
  active: Pod[];
  terminatingCount: number;
  /** Active, but no longer selected. */
  strays: Pod[];
}

/** One pass over all of them, as there may be thousands. */
export function survey(view: View, ownerUid: string, matches: (labels: Labels) => boolean): Survey {
  const found: Survey = { active: [], terminatingCount: 0, strays: [] };
  for (const pod of view.indexed(POD_RESOURCE, 'owner', ownerUid) as unknown as Pod[]) {
    if (controllerOf(pod)?.uid !== ownerUid) continue;
    const active = isPodActive(pod);
    if (!matches(pod.metadata.labels)) {
      if (active) found.strays.push(pod);
    } else if (active) found.active.push(pod);
    else if (isPodTerminating(pod)) found.terminatingCount++;
  }
  return found;
}

/** Lets go what no longer matches and takes what does; returns the active pods after that. Models ClaimPods in pkg/controller/controller_ref_manager.go. */
export function claimPods(
  api: Api,
  view: View,
  owner: Live<KubeObject>,
  kind: KindName,
  matches: (labels: Labels) => boolean,
  { active, strays }: Survey,
): Pod[] {
  if (owner.metadata.deletionTimestamp) return active;
  for (const pod of strays) api.update(withoutOwner(pod, owner.metadata.uid) as KubeObject);
  const loose = (view.indexed(POD_RESOURCE, 'orphan', owner.metadata.namespace as string) as unknown as Pod[]).filter(
    (pod) => isPodActive(pod) && matches(pod.metadata.labels),
  );
  if (loose.length === 0) return active;
  return [...active, ...loose.map((pod) => api.update(withOwner(pod, newControllerRef(owner, kind)) as KubeObject) as unknown as Pod)];
}
