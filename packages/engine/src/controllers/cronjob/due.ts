import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import type { Schedule } from '../../kinds/batch/cronjobs/schedule.ts';
import type { CronJob } from '../shared/objects.ts';
import { nextRun } from './next.ts';

// Models pkg/controller/cronjob/utils.go.

/** The controller looks a little after a run is due. Models nextScheduleDelta. */
const LATE_MS = 100;
const MANY_MISSED = 100;

interface MostRecent {
  earliest: Instant;
  /** The last run that should have started by now. */
  run: Instant | undefined;
  missed: 'none' | 'few' | 'many';
}

export const INTERVAL_PROBLEM = 'time difference between two schedules is less than 1 second';

/** Runs start after the last one, or after the CronJob was made. */
function earliestOf({ metadata, status, spec }: CronJob, now: Instant, deadlineCounts: boolean): Instant {
  const since = parseRfc3339(status?.lastScheduleTime ?? '') ?? (parseRfc3339(metadata.creationTimestamp) as Instant);
  const { startingDeadlineSeconds } = spec;
  return deadlineCounts && startingDeadlineSeconds !== undefined ? Math.max(since, now - startingDeadlineSeconds * 1000) : since;
}

/** Models mostRecentScheduleTime: counts missed runs by arithmetic, and steps only over the last of them. */
function mostRecent(cronJob: CronJob, now: Instant, schedule: Schedule, deadlineCounts: boolean): MostRecent | { problem: string } {
  const { timeZone } = cronJob.spec;
  const earliest = earliestOf(cronJob, now, deadlineCounts);
  const first = nextRun(schedule, earliest, timeZone);
  if (first === undefined || now < first) return first === undefined ? { problem: INTERVAL_PROBLEM } : { earliest, run: undefined, missed: 'none' };
  const second = nextRun(schedule, first, timeZone);
  if (second === undefined) return { problem: INTERVAL_PROBLEM };
  if (now < second) return { earliest, run: first, missed: 'none' };
  const betweenSeconds = Math.round((second - first) / 1000);
  const missedCount = Math.floor(Math.floor((now - first) / 1000) / betweenSeconds) + 1;
  let run: Instant | undefined;
  const from = first + (missedCount - 2) * betweenSeconds * 1000;
  for (let at = nextRun(schedule, from, timeZone); at !== undefined && at <= now; at = nextRun(schedule, at, timeZone)) run = at;
  return { earliest, run, missed: missedCount > MANY_MISSED ? 'many' : 'few' };
}

export interface DueRun {
  /** The run to start now, if one is due. */
  run: Instant | undefined;
  tooManyMissed: boolean;
}

/** Models nextScheduleTime. */
export function dueRun(cronJob: CronJob, now: Instant, schedule: Schedule): DueRun | { problem: string } {
  const found = mostRecent(cronJob, now, schedule, true);
  return 'problem' in found ? found : { run: found.run, tooManyMissed: found.run !== undefined && found.missed === 'many' };
}

/** When to look again. Models nextScheduleTimeDuration. */
export function nextLook(cronJob: CronJob, now: Instant, schedule: Schedule): Instant | undefined {
  const found = mostRecent(cronJob, now, schedule, false);
  const from = 'problem' in found ? now : (found.run ?? (found.missed === 'none' ? found.earliest : now));
  const next = nextRun(schedule, from, cronJob.spec.timeZone);
  return next === undefined ? undefined : next + LATE_MS;
}
