import type { ObjectKey } from '../core/key.ts';
import type { View } from '../core/txn.ts';
import type { PodObject } from '../kinds/shared/pod.ts';
import { isPending, priorityOf } from './active.ts';
import { waitingOf } from './attempts.ts';
import type { SchedulerCache } from './cache.ts';
import type { Cycle, NodeFilter } from './framework.ts';
import { type PodInfo, podInfoOf } from './pod-info.ts';

/** Nodes that pods will go to, by the pods' keys. */
export const NOMINATED = 'scheduler/nominated/';

export const nominatedKey = (podKey: ObjectKey): string => NOMINATED + podKey;

/** Pods with at least some priority that will go to a node, by node. */
function nominatedPods(view: View, cycle: Cycle): Map<string, PodInfo[]> | undefined {
  const keys = view.runtimeKeys(NOMINATED);
  if (keys.length === 0) return undefined;
  const byNode = new Map<string, PodInfo[]>();
  for (const key of keys) {
    const podKey = key.slice(NOMINATED.length);
    const pod = view.get(podKey) as PodObject | undefined;
    if (!pod || !isPending(pod) || podKey === cycle.pod.key || priorityOf(pod) < priorityOf(cycle.pod.pod)) continue;
    if (waitingOf(view, podKey)?.assumed) continue;
    const node = view.runtime<string>(key) as string;
    byNode.set(node, [...(byNode.get(node) ?? []), podInfoOf(pod)]);
  }
  return byNode.size > 0 ? byNode : undefined;
}

/** A node must do with and without the pods that have been promised a place there. Models RunFilterPluginsWithNominatedPods. */
export function withNominated(cycle: Cycle, filters: readonly NodeFilter[]): readonly NodeFilter[] {
  const full = promisedFilter(cycle, filters);
  return full ? [full, ...filters] : filters;
}

/** Asks a node as it will be with the pods that have been promised a place there; undefined where nothing has been promised. */
export function promisedFilter(cycle: Cycle, filters: readonly NodeFilter[]): NodeFilter | undefined {
  const promised = nominatedPods(cycle.view, cycle);
  if (!promised) return undefined;
  return (node) => {
    const added = promised.get(node.name);
    if (!added) return undefined;
    const imagined = node.imagined({ added });
    for (const filter of filters) {
      const rejection = filter(imagined);
      if (rejection) return rejection;
    }
    return undefined;
  };
}

/** Less important pods that were promised a node, by key. Models getLowerPriorityNominatedPods. */
export function outrankedOn(view: View, node: string, preemptor: PodObject): PodObject[] {
  return view.runtimeKeys(NOMINATED).flatMap((key) => {
    const pod = view.get(key.slice(NOMINATED.length)) as PodObject | undefined;
    return pod && view.runtime<string>(key) === node && isPending(pod) && priorityOf(pod) < priorityOf(preemptor) ? [pod] : [];
  });
}

/** Looks at the cache as if pods that only wait for their volumes were on their nodes already. Models AssumePod of backend/cache. */
export function withAssumed<T>(view: View, cache: SchedulerCache, besides: ObjectKey, look: () => T): T {
  const assumed: ObjectKey[] = [];
  for (const key of view.runtimeKeys(NOMINATED)) {
    const podKey = key.slice(NOMINATED.length);
    const pod = view.get(podKey) as PodObject | undefined;
    if (!pod || podKey === besides || !isPending(pod) || !waitingOf(view, podKey)?.assumed) continue;
    cache.setPod(podKey, { ...pod, spec: { ...pod.spec, nodeName: view.runtime<string>(key) as string } });
    assumed.push(podKey);
  }
  try {
    return look();
  } finally {
    for (const podKey of assumed) cache.setPod(podKey, view.get(podKey) as PodObject);
  }
}
