import type { Node, Pod, PodCondition, PodSpec, PodStatus } from '@vivakube/schema/types/core.v1';
import type { KubeObject } from '../../core/object.ts';
import { taskOf } from '../../core/run-name.ts';

export type PodObject = KubeObject & Pick<Pod, 'status'> & { spec: PodSpec };
export type NodeObject = KubeObject & Pick<Node, 'spec' | 'status'>;

/** Nothing of it runs or will run again. */
export const isFinishedPod = (pod: PodObject): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Pods that hold no resources of their node any more do not count for the scheduler. */
export const isAssignedPod = (pod: PodObject): boolean => Boolean(pod.spec.nodeName) && !isFinishedPod(pod);

export const conditionOf = (status: PodStatus | undefined, type: string): PodCondition | undefined =>
  status?.conditions?.find((c) => c.type === type);

/** Models podutil.UpdatePodCondition: the time of the last transition moves only where the status does. The same list where nothing changes. */
export function withCondition(conditions: PodCondition[] | undefined, wanted: PodCondition, now: string): PodCondition[] {
  const list = conditions ?? [];
  const known = list.find((c) => c.type === wanted.type);
  const fresh = renewedCondition(known, wanted, now);
  if (fresh === known) return list;
  return known ? list.map((c) => (c === known ? fresh : c)) : [...list, fresh];
}

/** The very one that is known, where nothing about it changes. */
export function renewedCondition(known: PodCondition | undefined, wanted: PodCondition, now: string): PodCondition {
  const { type, status, observedGeneration, reason, message } = wanted;
  const fresh = { type, status } as PodCondition;
  if (observedGeneration !== undefined) fresh.observedGeneration = observedGeneration;
  fresh.lastProbeTime = null as unknown as string;
  fresh.lastTransitionTime = known?.status === status ? (known.lastTransitionTime ?? now) : now;
  if (reason !== undefined) fresh.reason = reason;
  if (message !== undefined) fresh.message = message;
  return known && sameCondition(known, fresh) ? known : fresh;
}

export const sameCondition = (a: PodCondition, b: PodCondition): boolean =>
  a.type === b.type &&
  a.status === b.status &&
  a.reason === b.reason &&
  a.message === b.message &&
  a.observedGeneration === b.observedGeneration &&
  a.lastTransitionTime === b.lastTransitionTime;

/** While what a pod asks for is not what it has. */
export const isResizing = (pod: PodObject): boolean => pod.status?.conditions?.some((c) => c.type.startsWith('PodResize')) ?? false;

/** The CronJob whose run a pod is of, as `namespace/name`. */
export function taskOfPod({ metadata }: PodObject): string | undefined {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (owner?.kind !== 'Job') return undefined;
  const task = taskOf(owner.name);
  return task === undefined ? undefined : `${metadata.namespace}/${task}`;
}
