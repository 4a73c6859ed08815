import type { Instant } from '../../core/instant.ts';
import type { Reconcile } from '../../machinery/controller.ts';

/** Up to this many pods every change is looked at by itself. */
const FEW_PODS = 100;
const BATCH_MS_MAX = 1000;

/** The instant for which a look at the key is put off already, if it is. */
export function putOff({ view, now, key }: Reconcile, controller: string): Instant | undefined {
  const due = view.runtime<number>(`${controller}/${key}`);
  return due !== undefined && due > now ? due : undefined;
}

/**
 * Whoever looks at many pods gathers changes for a while, as the rate limits of a real controller make them: without it a rollout of n pods
 * would cost n walks over n pods. Returns the instant to wait for, or undefined where it is time to work.
 * Plays the part of --endpointslice-updates-batch-period.
 */
export function batchUntil({ view, api, now, key }: Reconcile, controller: string, podCount: number): Instant | undefined {
  const memory = `${controller}/${key}`;
  if (view.runtime<number>(memory) !== undefined) {
    api.setRuntime(memory, undefined);
    return undefined;
  }
  if (podCount <= FEW_PODS || view.settings.timing === 'instant') return undefined;
  const later = now + Math.min(BATCH_MS_MAX, Math.ceil(podCount / 10));
  api.setRuntime(memory, later);
  return later;
}

export function forgetBatch({ view, api, key }: Reconcile, controller: string): void {
  if (view.runtime(`${controller}/${key}`) !== undefined) api.setRuntime(`${controller}/${key}`, undefined);
}
