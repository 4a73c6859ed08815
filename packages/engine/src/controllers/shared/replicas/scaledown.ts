import { type Instant, parseRfc3339 } from '../../../core/instant.ts';
import type { Pod } from '../objects.ts';
import { isPodActive, isPodReady, readySince } from '../pods.ts';

// Models ActivePodsWithRanks.Less in pkg/controller/controller_utils.go and getPodsToDelete in pkg/controller/replicaset/replica_set.go.

export const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

const PHASE_ORDER = new Map([
  ['Pending', 0],
  ['Unknown', 1],
  ['Running', 2],
]);

/** What the order looks at, read once per pod. */
interface Candidate {
  pod: Pod;
  assigned: boolean;
  phase: number;
  ready: boolean;
  cost: number;
  colocated: number;
  readyAt: Instant | undefined;
  restarts: number;
  sidecarRestarts: number;
  createdAt: Instant;
}

const INT32 = /^(0|-?[1-9]\d*)$/;

/** 0 where the annotation is absent or malformed; admission refuses the latter. */
export function deletionCost(annotations: Record<string, string> | undefined): number {
  const text = annotations && Object.hasOwn(annotations, DELETION_COST) ? (annotations[DELETION_COST] as string) : '0';
  const cost = INT32.test(text) ? Number(text) : 0;
  return cost >= -0x8000_0000 && cost <= 0x7fff_ffff ? cost : 0;
}

function maxRestarts(pod: Pod): { regular: number; sidecar: number } {
  const sidecars = new Set(
    (pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always').map((container) => container.name),
  );
  const counts = (statuses: { name: string; restartCount: number }[] = []) => statuses.reduce((max, status) => Math.max(max, status.restartCount), 0);
  return {
    regular: counts(pod.status?.containerStatuses),
    sidecar: counts(pod.status?.initContainerStatuses?.filter((status) => sidecars.has(status.name))),
  };
}

function candidate(pod: Pod, colocated: ReadonlyMap<string, number>): Candidate {
  const { regular, sidecar } = maxRestarts(pod);
  return {
    pod,
    assigned: Boolean(pod.spec.nodeName),
    phase: PHASE_ORDER.get(pod.status?.phase ?? '') ?? 0,
    ready: isPodReady(pod),
    cost: deletionCost(pod.metadata.annotations),
    colocated: colocated.get(pod.spec.nodeName ?? '') ?? 0,
    readyAt: readySince(pod),
    restarts: regular,
    sidecarRestarts: sidecar,
    createdAt: parseRfc3339(pod.metadata.creationTimestamp) ?? 0,
  };
}

/** Floor of log2 of an age in nanoseconds; -1 for no age. Halving is exact, Math.log2 need not be. */
export function logarithmicRank(at: Instant, now: Instant): number {
  let ageNs = (now - at) * 1e6;
  if (ageNs <= 0) return -1;
  let rank = 0;
  for (; ageNs >= 2; ageNs /= 2) rank++;
  return rank;
}

/** Younger by an order of magnitude comes first; within one, the uid decides, so that no age is always the victim. */
function byAge(a: Candidate, b: Candidate, at: (c: Candidate) => Instant, now: Instant): number {
  const difference = logarithmicRank(at(a), now) - logarithmicRank(at(b), now);
  return difference !== 0 ? difference : a.pod.metadata.uid < b.pod.metadata.uid ? -1 : 1;
}

function compare(a: Candidate, b: Candidate, now: Instant): number {
  if (a.assigned !== b.assigned) return a.assigned ? 1 : -1;
  if (a.phase !== b.phase) return a.phase - b.phase;
  if (a.ready !== b.ready) return a.ready ? 1 : -1;
  if (a.cost !== b.cost) return a.cost - b.cost;
  if (a.colocated !== b.colocated) return b.colocated - a.colocated;
  if (a.ready && b.ready && a.readyAt !== b.readyAt) return byAge(a, b, (c) => c.readyAt ?? 0, now);
  if (a.restarts !== b.restarts) return b.restarts - a.restarts;
  if (a.sidecarRestarts !== b.sidecarRestarts) return b.sidecarRestarts - a.sidecarRestarts;
  if (a.createdAt !== b.createdAt) return byAge(a, b, (c) => c.createdAt, now);
  return 0;
}

/** How many active pods of a group each node runs. */
export function podsPerNode(pods: readonly Pod[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods) if (isPodActive(pod)) counts.set(pod.spec.nodeName ?? '', (counts.get(pod.spec.nodeName ?? '') ?? 0) + 1);
  return counts;
}

/** @param related pods of all ReplicaSets of the same Deployment: those count as doubled up. */
export function podsToDelete(active: readonly Pod[], related: readonly Pod[], count: number, now: Instant): Pod[] {
  if (count >= active.length) return [...active];
  const colocated = podsPerNode(related);
  return active
    .map((pod) => candidate(pod, colocated))
    .sort((a, b) => compare(a, b, now))
    .slice(0, count)
    .map(({ pod }) => pod);
}
