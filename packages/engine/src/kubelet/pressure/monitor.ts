import type { Instant } from '../../core/instant.ts';

/** Models evictionMonitoringPeriod of pkg/kubelet. */
const PERIOD_MS = 10_000;

/** When the eviction manager looks next, from an instant on. */
export const monitoredAt = (at: Instant, instant: boolean): Instant => (instant ? at : Math.ceil(at / PERIOD_MS) * PERIOD_MS);
