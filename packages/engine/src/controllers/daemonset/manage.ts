import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import type { DaemonSet, Pod } from '../shared/objects.ts';
import { isPodReady } from '../shared/pods.ts';
import { earliest } from '../shared/time.ts';
import { heldUntil, noteFailure } from './failed.ts';
import { isAvailable, type Place, type Survey } from './round.ts';
import { allowsSurge } from './strategy.ts';
import { HASH_LABEL } from './template.ts';

/** Pods to make and to remove, and when to look again. */
export interface Plan {
  create: string[];
  remove: Pod[];
  next: Instant | undefined;
}

const isGoing = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;

/** Takes away what has ended and returns what is left. */
function sortOutEnded(context: Reconcile, set: DaemonSet, place: Place, plan: Plan): Pod[] {
  const running: Pod[] = [];
  for (const pod of place.pods) {
    if (isGoing(pod)) continue;
    const { namespace, name } = pod.metadata;
    const phase = pod.status?.phase;
    if (phase === 'Failed') {
      const until = heldUntil(context, set, place.node);
      plan.next = earliest(plan.next, until);
      if (until !== undefined) continue;
      noteFailure(context, set, place.node);
      const message = `Found failed daemon pod ${namespace}/${name} on node ${place.node}, will try to kill it`;
      context.record(set as KubeObject, 'Warning', 'FailedDaemonPod', message);
      plan.remove.push(pod);
    } else if (phase === 'Succeeded') {
      const message = `Found succeeded daemon pod ${namespace}/${name} on node ${place.node}, will try to delete it`;
      context.record(set as KubeObject, 'Normal', 'SucceededDaemonPod', message);
      plan.remove.push(pod);
    } else running.push(pod);
  }
  return running;
}

/** While surging, an old and a new pod may share a node until the new one is available or the old one is of no use. */
function pruneSurge(set: DaemonSet, running: readonly Pod[], hash: string, now: Instant): Pod[] {
  const fresh = running.filter((pod) => pod.metadata.labels?.[HASH_LABEL] === hash);
  const old = running.filter((pod) => pod.metadata.labels?.[HASH_LABEL] !== hash);
  const [newest, oldest] = [fresh[0], old[0]];
  const remove = [...fresh.slice(1), ...old.slice(1)];
  if (newest && oldest && (!isPodReady(oldest) || isAvailable(set, newest, now))) remove.push(oldest);
  return remove;
}

/** Models podsShouldBeOnNode in pkg/controller/daemon/daemon_controller.go. */
function planPlace(context: Reconcile, set: DaemonSet, place: Place, hash: string, plan: Plan): void {
  if (place.shouldRun && place.pods.length === 0) {
    plan.create.push(place.node);
    return;
  }
  if (!place.mayStay) {
    plan.remove.push(...place.pods.filter((pod) => !isGoing(pod)));
    return;
  }
  const running = sortOutEnded(context, set, place, plan);
  if (!allowsSurge(set)) plan.remove.push(...running.slice(1));
  else if (running.length === 0 && place.shouldRun) plan.create.push(place.node);
  else plan.remove.push(...pruneSurge(set, running, hash, context.now));
}

/** Models manage. */
export function planNodes(context: Reconcile, set: DaemonSet, { places, stranded }: Survey, hash: string): Plan {
  const plan: Plan = { create: [], remove: [], next: undefined };
  for (const place of places) planPlace(context, set, place, hash, plan);
  plan.remove.push(...stranded.filter((pod) => !isGoing(pod)));
  return plan;
}
