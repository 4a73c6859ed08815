import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { templateOf } from '../shared/history/revisions.ts';
import type { Pod, StatefulSet } from '../shared/objects.ts';
import { applyRetention, createClaims, isStale } from './claims.ts';
import { isAvailable, isFinished, isRunningAndReady, isTerminating, isUnavailable } from './health.ts';
import { isInRange, ordinalOf, podName, podOf, replicasOf, startOrdinal } from './identity.ts';
import { conform, createPod, deletePod } from './pods.ts';
import type { Revisions } from './revisions.ts';
import { podsToUpdate } from './update.ts';

// Models updateStatefulSet in pkg/controller/statefulset/stateful_set_control.go: replicas first, then what is too much, then updates.

interface Round {
  context: Reconcile;
  set: StatefulSet;
  revisions: Revisions;
  /** One at a time, each after the one before it. */
  monotonic: boolean;
  minReadySeconds: number;
  now: Instant;
}

/** Below the partition, a pod that is made anew stays at the current revision. Models newVersionedStatefulSetPod. */
function newPod({ set, revisions }: Round, ordinal: number): KubeObject {
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
  const held = rollingUpdate ? (rollingUpdate.partition ?? 0) : type === 'RollingUpdate' ? (set.status?.currentReplicas ?? 0) : 0;
  const revision = ordinal < startOrdinal(set) + held ? revisions.current : revisions.update;
  return podOf(set, templateOf(revision), revision.metadata.name, ordinal);
}

/** Models processReplica; whether the round is over. */
function processReplica(round: Round, pod: Pod | undefined, ordinal: number): boolean {
  const { context, set, monotonic, minReadySeconds, now } = round;
  if (!pod) {
    const name = podName(set, ordinal);
    if (isStale(context, set, name, ordinal)) return true;
    createPod(context, set, newPod(round, ordinal));
    return monotonic;
  }
  if (isFinished(pod)) {
    if (!isTerminating(pod)) deletePod(context, set, pod);
    return true;
  }
  if (pod.status?.phase === 'Pending') createClaims(context, set, pod.metadata.name, ordinal);
  if (monotonic && (isTerminating(pod) || !isRunningAndReady(pod) || !isAvailable(pod, minReadySeconds, now))) return true;
  conform(context, set, pod);
  return false;
}

/** Models processCondemned; whether the round is over. */
function processCondemned({ context, set, monotonic, minReadySeconds, now }: Round, pod: Pod, firstLacking: Pod | undefined): boolean {
  if (isTerminating(pod)) return monotonic;
  const ready = isRunningAndReady(pod) && isAvailable(pod, minReadySeconds, now);
  if (monotonic && !ready && pod !== firstLacking) return true;
  deletePod(context, set, pod);
  return monotonic;
}

/** One round over a set that lives: at most one step where pods are managed in order. */
export function advance(context: Reconcile, set: StatefulSet, revisions: Revisions, pods: readonly Pod[]): void {
  const { now } = context;
  const monotonic = set.spec.podManagementPolicy !== 'Parallel';
  const round: Round = { context, set, revisions, monotonic, minReadySeconds: set.spec.minReadySeconds ?? 0, now };
  const start = startOrdinal(set);
  const byOrdinal = new Map(pods.filter((pod) => isInRange(set, pod)).map((pod) => [ordinalOf(pod), pod]));
  const condemned = pods.filter((pod) => !isInRange(set, pod) && ordinalOf(pod) >= 0).sort((a, b) => ordinalOf(b) - ordinalOf(a));
  const ordinals = Array.from({ length: replicasOf(set) }, (_, i) => start + i);
  const complete = ordinals.every((ordinal) => byOrdinal.has(ordinal));
  const lacks = (pod: Pod | undefined): boolean => pod === undefined || isUnavailable(pod, round.minReadySeconds, now);
  const isShort = ordinals.some((ordinal) => lacks(byOrdinal.get(ordinal)));
  for (const ordinal of ordinals) if (processReplica(round, byOrdinal.get(ordinal), ordinal) && monotonic) return;
  for (const pod of condemned) applyRetention(context, set, pod);
  const firstLacking = isShort ? undefined : [...condemned].reverse().find(lacks);
  for (const pod of condemned) if (processCondemned(round, pod, firstLacking)) return;
  if (!complete) return;
  const replicas = ordinals.map((ordinal) => byOrdinal.get(ordinal) as Pod).filter((pod) => !isFinished(pod));
  if (replicas.length < ordinals.length) return;
  for (const pod of podsToUpdate(set, replicas, revisions.update.metadata.name, now)) deletePod(context, set, pod);
}
