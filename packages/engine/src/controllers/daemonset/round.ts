import type { Instant } from '../../core/instant.ts';
import { isFinishedPod, type NodeObject, type PodObject } from '../../kinds/shared/pod.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { claimAll } from '../shared/claim.ts';
import { DAEMON_SETS, type DaemonSet, NODES, PODS, type Pod } from '../shared/objects.ts';
import { controllerOf } from '../shared/owners.ts';
import { availableFrom } from '../shared/pods.ts';
import { type Eligibility, eligibility } from './eligibility.ts';
import { targetNode } from './template.ts';

export const POD_RESOURCE = resourceOf(PODS);

export interface Place extends Eligibility {
  node: string;
  /** Oldest first, those that are bound before those that are not; pods that are gone but for their records are left out. */
  pods: readonly Pod[];
}

/** Models podByCreationTimestampAndPhase. */
function byAge(a: Pod, b: Pod): number {
  if (Boolean(a.spec.nodeName) !== Boolean(b.spec.nodeName)) return a.spec.nodeName ? -1 : 1;
  const [left, right] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (left !== right) return left < right ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

const isOver = (pod: Pod): boolean => isFinishedPod(pod as unknown as PodObject) && pod.metadata.deletionTimestamp !== undefined;

export function claimPods({ api, view }: Reconcile, set: DaemonSet): Pod[] {
  const named = view.indexed(POD_RESOURCE, 'owner', set.metadata.uid) as unknown as Pod[];
  const loose = view.indexed(POD_RESOURCE, 'orphan', set.metadata.namespace as string) as unknown as Pod[];
  return claimAll(api, set, DAEMON_SETS, set.spec.selector, [...named.filter((pod) => controllerOf(pod)), ...loose]);
}

export interface Survey {
  places: readonly Place[];
  /** Pods that wait for nodes which are no more. */
  stranded: readonly Pod[];
  pods: readonly Pod[];
}

const NO_PODS: readonly Pod[] = [];

/** Every node with the pods that run there or are meant to. */
export function survey({ view }: Reconcile, set: DaemonSet, pods: readonly Pod[]): Survey {
  const byNode = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = isOver(pod) ? undefined : targetNode(pod);
    if (node === undefined) continue;
    const others = byNode.get(node);
    byNode.set(node, others ? [...others, pod].sort(byAge) : [pod]);
  }
  const places = (view.list(resourceOf(NODES)) as NodeObject[]).map((node) => {
    const name = node.metadata.name as string;
    return { node: name, pods: byNode.get(name) ?? NO_PODS, ...eligibility(set, node) };
  });
  const known = new Set(places.map(({ node }) => node));
  const stranded = [...byNode].flatMap(([node, waiting]) => (known.has(node) ? [] : waiting.filter((pod) => !pod.spec.nodeName)));
  return { places, stranded, pods };
}

export function isAvailable(set: DaemonSet, pod: Pod, now: Instant): boolean {
  const from = availableFrom(pod, set.spec.minReadySeconds ?? 0);
  return from !== undefined && from <= now;
}
