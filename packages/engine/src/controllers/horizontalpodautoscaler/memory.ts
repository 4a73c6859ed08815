import type { Instant } from '../../core/instant.ts';

/** A recommendation, from the first to the last of the syncs in a row that made it. */
export interface Run {
  value: number;
  from: Instant;
  to: Instant;
}

export interface ScaleEvent {
  change: number;
  at: Instant;
}

/** What the autoscaler remembers of one HPA between two looks. Plain data, kept in runtime. */
export interface Memory {
  uid: string;
  /** When it last looked. */
  at: Instant;
  /** Whether that look came to a recommendation. */
  advised: boolean;
  /** Looks in a row that failed in the same way. */
  failures: number;
  runs: Run[];
  ups: ScaleEvent[];
  downs: ScaleEvent[];
}

/** Models MaxStabilizationWindowSeconds and MaxPeriodSeconds of pkg/apis/autoscaling/validation. */
const WINDOW_MS_MAX = 3_600_000;
const PERIOD_MS_MAX = 1_800_000;

export const freshMemory = (uid: string, at: Instant): Memory => ({ uid, at, advised: false, failures: 0, runs: [], ups: [], downs: [] });

/** With one more recommendation. */
export function advised(runs: readonly Run[], value: number, at: Instant): Run[] {
  const kept = runs.filter(({ to }) => to >= at - WINDOW_MS_MAX);
  const last = kept.at(-1);
  return last?.value === value ? [...kept.slice(0, -1), { ...last, to: at }] : [...kept, { value, from: at, to: at }];
}

/**
 * Nobody looks while nothing can change: had somebody, every look until the last one before `at` would have come to the same recommendation.
 */
export function caughtUp(memory: Memory, at: Instant, periodMs: number): Run[] {
  const last = memory.runs.at(-1);
  const until = at - periodMs;
  return memory.advised && last && until > last.to ? [...memory.runs.slice(0, -1), { ...last, to: until }] : memory.runs;
}

export const withScaleEvent = (events: readonly ScaleEvent[], change: number, at: Instant): ScaleEvent[] => [
  ...events.filter((event) => event.at >= at - PERIOD_MS_MAX),
  { change, at },
];
