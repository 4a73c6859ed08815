import { type Instant, parseRfc3339, toRfc3339 } from '../../core/instant.ts';
import type { Pod } from '../shared/objects.ts';
import { podCondition } from '../shared/pods.ts';
import type { Service } from './serving.ts';

export const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';

/**
 * The earliest thing that called for this change and was not yet reported by an earlier one. The tracker upstream remembers what it has
 * seen; here the annotation that the last change left behind is that memory.
 * Models staging/src/k8s.io/endpointslice/util/trigger_time_tracker.go.
 */
export function triggerTime(service: Service, pods: readonly Pod[], reported: readonly (string | undefined)[]): string | undefined {
  const known = reported.map((text) => (text === undefined ? undefined : parseRfc3339(text))).filter((at): at is Instant => at !== undefined);
  const latest = known.length > 0 ? Math.max(...known) : undefined;
  const causes = pods.map(readyChangedAt);
  if (reported.length === 0) causes.push(parseRfc3339(service.metadata.creationTimestamp ?? ''));
  const fresh = causes.filter((at): at is Instant => at !== undefined && (latest === undefined || at >= latest));
  return fresh.length > 0 ? toRfc3339(fresh.reduce((a, b) => Math.min(a, b))) : undefined;
}

function readyChangedAt(pod: Pod): Instant | undefined {
  const changed = podCondition(pod, 'Ready')?.lastTransitionTime;
  return changed ? parseRfc3339(changed) : undefined;
}

/** Annotations with the trigger time, or without it where nothing new called for the change. */
export function withTriggerTime(annotations: Record<string, string> | undefined, time: string | undefined): Record<string, string> {
  const { [TRIGGER_TIME]: _old, ...rest } = annotations ?? {};
  return time === undefined ? rest : { ...rest, [TRIGGER_TIME]: time };
}
