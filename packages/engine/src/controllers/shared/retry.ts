import type { Instant } from '../../core/instant.ts';
import { RETRY_BASE_MS, RETRY_MAX_MS } from '../../core/limits.ts';
import type { Reconcile } from '../../machinery/controller.ts';

/**
 * Back-off of a reconcile whose writes must stay although it failed (a condition, an event): failures in a row are counted in runtime.
 * Models workqueue.DefaultControllerRateLimiter's per-item exponential limiter.
 */
const memory = (controller: string, key: string): string => `retry/${controller}/${key}`;

export const backoffMs = (failures: number): number => Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** Math.min(failures, 30));

/** The instant of the next attempt. */
export function retryAfterFailure({ api, view, now, key }: Reconcile, controller: string): Instant {
  const failures = view.runtime<number>(memory(controller, key)) ?? 0;
  api.setRuntime(memory(controller, key), failures + 1);
  return now + backoffMs(failures);
}

export function forgetFailures({ api, view, key }: Reconcile, controller: string): void {
  if (view.runtime(memory(controller, key)) !== undefined) api.setRuntime(memory(controller, key), undefined);
}
