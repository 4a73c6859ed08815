import type { PodObject } from '../../kinds/shared/pod.ts';
import { podRequests } from '../../kinds/shared/pod-requests.ts';
import type { Starved, Usage } from './signals.ts';

/** Models scheduling.SystemCriticalPriority. */
const CRITICAL_PRIORITY = 2_000_000_000;
const STATIC = 'kubernetes.io/config.mirror';

/** Models IsCriticalPod in pkg/kubelet/types. */
export const isCritical = ({ metadata, spec }: PodObject): boolean =>
  Object.hasOwn(metadata.annotations ?? {}, STATIC) || (spec.priority ?? 0) >= CRITICAL_PRIORITY;

/**
 * Who goes first: those that use more than they asked for, the less important, those furthest above what they asked for.
 * Models rankMemoryPressure and rankDiskPressureFunc in pkg/kubelet/eviction/helpers.go.
 */
export function ranked(usages: readonly Usage[], resource: Starved): Usage[] {
  const above = new Map(usages.map((usage) => [usage, usage.bytes - (podRequests(usage.pod).get(resource) ?? 0)]));
  const over = (usage: Usage): number => above.get(usage) as number;
  return usages
    .filter(({ pod }) => !isCritical(pod))
    .sort((a, b) => Number(over(b) > 0) - Number(over(a) > 0) || (a.pod.spec.priority ?? 0) - (b.pod.spec.priority ?? 0) || over(b) - over(a));
}
