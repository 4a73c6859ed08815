import type { ClusterEvent } from '../../../core/event.ts';
import type { ObjectKey } from '../../../core/key.ts';
import type { Projection } from '../../../core/projection.ts';
import type { View } from '../../../core/txn.ts';
import { controllerRef } from '../../../machinery/controller.ts';
import type { Pod } from '../objects.ts';

import { isPodActive, isPodReady, isPodTerminating } from '../pods.ts';

/** A pod as its controller counts it. */
export interface Replica {
  readonly pod: Pod;
  readonly standing: 'active' | 'terminating' | 'finished';
  readonly isReady: boolean;
}

/** Replicas by the uid of their controller. In no order: each is where its latest change has left it. */
type Controlled = Map<string, Map<ObjectKey, Replica>>;

const PODS = 'core/pods/';

export function replicaOf(pod: Pod): Replica {
  const standing = isPodActive(pod) ? 'active' : isPodTerminating(pod) ? 'terminating' : 'finished';
  return { pod, standing, isReady: isPodReady(pod) };
}

function set(all: Controlled, uid: string, key: ObjectKey, pod: Pod): void {
  const known = all.get(uid);
  if (known) known.set(key, replicaOf(pod));
  else all.set(uid, new Map([[key, replicaOf(pod)]]));
}

function drop(all: Controlled, uid: string, key: ObjectKey): void {
  const known = all.get(uid);
  known?.delete(key);
  if (known?.size === 0) all.delete(uid);
}

function apply(all: Controlled, { type, key, stored, previous }: ClusterEvent): void {
  if (!key.startsWith(PODS)) return;
  const before = previous && controllerRef(previous.object)?.uid;
  const after = type === 'DELETED' ? undefined : controllerRef(stored.object)?.uid;
  if (before !== undefined && before !== after) drop(all, before, key);
  if (after !== undefined) set(all, after, key, stored.object as Pod);
}

/** A set of thousands of pods looks at all of them for each few that change, so what it counts is kept up to date. */
const controlled: Projection<Controlled> = {
  name: 'controlled-pods',
  build: (view) => {
    const all: Controlled = new Map();
    for (const pod of view.list('core/pods')) {
      const uid = controllerRef(pod)?.uid;
      if (uid !== undefined) set(all, uid, `${PODS}${pod.metadata.namespace}/${pod.metadata.name}`, pod as Pod);
    }
    return all;
  },
  apply,
};

const NONE: ReadonlyMap<ObjectKey, Replica> = new Map();

export const replicasOf = (view: View, ownerUid: string): ReadonlyMap<ObjectKey, Replica> => view.project(controlled).get(ownerUid) ?? NONE;
