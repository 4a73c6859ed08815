import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { claimAll } from '../shared/claim.ts';
import { DEPLOYMENTS, type Deployment, REPLICA_SETS, type ReplicaSet } from '../shared/objects.ts';
import { controllerOf } from '../shared/owners.ts';
import { replicasAnnotations, sameAnnotations, withAnnotations } from './annotations.ts';
import { sameTemplate } from './hash.ts';
import { oldestFirst, type Resize, type Sets, sizeOf } from './sets.ts';

export const SET_RESOURCE = resourceOf(REPLICA_SETS);

/** The ReplicaSets of a Deployment after adopting and releasing. */
export function claimSets({ api, view }: Reconcile, deployment: Deployment): ReplicaSet[] {
  const named = view.indexed(SET_RESOURCE, 'owner', deployment.metadata.uid) as unknown as ReplicaSet[];
  const loose = view.indexed(SET_RESOURCE, 'orphan', deployment.metadata.namespace as string) as unknown as ReplicaSet[];
  return claimAll(api, deployment, DEPLOYMENTS, deployment.spec.selector, [...named.filter((set) => controllerOf(set)), ...loose]);
}

/** Where several sets have the template, the oldest is the current one. Models FindNewReplicaSet and FindOldReplicaSets. */
export function sortOut(deployment: Deployment, all: readonly ReplicaSet[]): Sets {
  const current = oldestFirst(all).find((set) => sameTemplate(set.spec.template ?? {}, deployment.spec.template));
  return { current, old: all.filter((set) => set !== current) };
}

/** Resizes sets that change, tells so, and returns all sets as they are after. Models scaleReplicaSet in pkg/controller/deployment/sync.go. */
export function applyResizes({ api, view, record }: Reconcile, deployment: Deployment, sets: Sets, resizes: readonly Resize[]): Sets {
  const fresh = new Map<string, ReplicaSet>();
  for (const { set, replicas } of resizes) {
    const before = fresh.get(set.metadata.uid) ?? set;
    const after = { ...withAnnotations(before, replicasAnnotations(deployment)), spec: { ...before.spec, replicas } };
    if (sizeOf(before) === replicas && sameAnnotations(before.metadata.annotations, after.metadata.annotations)) continue;
    fresh.set(set.metadata.uid, api.update(after as KubeObject) as unknown as ReplicaSet);
    if (sizeOf(before) === replicas) continue;
    const direction = sizeOf(before) < replicas ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${set.metadata.name} from ${sizeOf(before)} to ${replicas}`;
    record(
      view.get(`${resourceOf(DEPLOYMENTS)}/${deployment.metadata.namespace}/${deployment.metadata.name}`) as KubeObject,
      'Normal',
      'ScalingReplicaSet',
      message,
    );
  }
  const latest = (set: ReplicaSet): ReplicaSet => fresh.get(set.metadata.uid) ?? set;
  return { current: sets.current && latest(sets.current), old: sets.old.map(latest) };
}
