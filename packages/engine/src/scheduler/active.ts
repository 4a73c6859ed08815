import type { ObjectKey } from '../core/key.ts';
import { conditionOf, isFinishedPod, type PodObject } from '../kinds/shared/pod.ts';

export const SCHEDULER_NAME = 'default-scheduler';

export const priorityOf = (pod: PodObject): number => pod.spec.priority ?? 0;

/** Whether some scheduler is to find a node for a pod. */
export const isPending = (pod: PodObject): boolean =>
  !pod.spec.nodeName && !pod.metadata.deletionTimestamp && !isFinishedPod(pod) && !pod.spec.schedulingGates?.length;

/** Not tried yet. */
const isActive = (pod: PodObject): boolean => isPending(pod) && conditionOf(pod.status, 'PodScheduled')?.status !== 'False';

/** Pods that nobody has tried to place yet, by priority. Models the activeQ of pkg/scheduler/backend/queue. */
export class ActivePods {
  private readonly byPriority = new Map<number, Set<ObjectKey>>();
  private readonly priorities = new Map<ObjectKey, number>();

  set(key: ObjectKey, pod: PodObject | undefined): void {
    const known = this.priorities.get(key);
    const wanted = pod && isActive(pod) ? priorityOf(pod) : undefined;
    if (known === wanted) return;
    if (known !== undefined) this.drop(key, known);
    if (wanted === undefined) return;
    this.priorities.set(key, wanted);
    const keys = this.byPriority.get(wanted);
    if (keys) keys.add(key);
    else this.byPriority.set(wanted, new Set([key]));
  }

  private drop(key: ObjectKey, priority: number): void {
    this.priorities.delete(key);
    const keys = this.byPriority.get(priority);
    keys?.delete(key);
    if (keys?.size === 0) this.byPriority.delete(priority);
  }

  /** Those that go before a pod of some priority, the most important first. */
  above(priority: number): ObjectKey[] {
    const higher = [...this.byPriority.keys()].filter((p) => p > priority).sort((a, b) => b - a);
    return higher.flatMap((p) => [...(this.byPriority.get(p) as Set<ObjectKey>)].sort());
  }
}
