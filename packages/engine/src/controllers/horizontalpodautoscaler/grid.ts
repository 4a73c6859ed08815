import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';

/** Models --horizontal-pod-autoscaler-sync-period. */
export const SYNC_PERIOD_MS = 15_000;

/**
 * The first of an HPA's looks at or after an instant. They are counted from its creation, so that it does not matter who woke it when.
 */
export function syncAt({ metadata }: KubeObject, from: Instant): Instant {
  const created = parseRfc3339(metadata.creationTimestamp ?? '') ?? 0;
  const rounds = Math.max(1, Math.ceil((from - created) / SYNC_PERIOD_MS));
  return created + rounds * SYNC_PERIOD_MS;
}
