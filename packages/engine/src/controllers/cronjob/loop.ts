import type { ObjectKey } from '../../core/key.ts';
import { EVENT_TTL_MS } from '../../core/limits.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { parseSchedule, type Schedule } from '../../kinds/batch/cronjobs/schedule.ts';
import { isFinishedPod, type PodObject } from '../../kinds/shared/pod.ts';
import type { Loop } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { finishedCondition } from '../shared/job-conditions.ts';
import { type CronJob, EVENTS, type Job, PODS } from '../shared/objects.ts';
import { JOB_RESOURCE } from './children.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** Beyond the lease of an Event: what else forgets by the clock. */
const SLACK_MS = 1_200_000;
/** Finished Jobs beyond the limits that are still about when the next one ends. */
const JOBS_EXTRA = 3;

/** The distance between runs, where it is always the same. */
export function periodMs(schedule: Schedule, zone: string | undefined): number | undefined {
  if ('everyMs' in schedule) return schedule.everyMs % MINUTE_MS === 0 ? schedule.everyMs : undefined;
  const { minutes, hours, daysOfMonth, months, daysOfWeek } = schedule;
  if (daysOfMonth.length < 31 || months.length < 12 || daysOfWeek.length < 7) return undefined;
  const runs = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
  const steps = runs.map((run, i) => (runs[i + 1] ?? (runs[0] as number) + DAY_MINUTES) - run);
  const step = steps[0] as number;
  const clocksChange = zone !== undefined && zone !== 'UTC' && zone !== 'Etc/UTC';
  return steps.every((each) => each === step) && !(clocksChange && step > 30) ? step * MINUTE_MS : undefined;
}

const keyOf = (resource: string, { metadata }: KubeObject): ObjectKey => `${resource}/${metadata.namespace}/${metadata.name}`;

/** What a CronJob repeats between two runs; undefined while one of its Jobs is under way. */
export function loopOf(key: string, view: View): Loop | undefined {
  const cronJob = view.get(key) as unknown as CronJob | undefined;
  if (!cronJob || cronJob.metadata.deletionTimestamp || (cronJob.status?.active?.length ?? 0) > 0) return undefined;
  const { schedule, timeZone, successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec;
  const parsed = parseSchedule(schedule);
  const period = 'problem' in parsed ? undefined : periodMs(parsed, timeZone);
  // Without limits every run leaves something for good.
  if (period === undefined || successfulJobsHistoryLimit === undefined || failedJobsHistoryLimit === undefined) return undefined;
  const jobs = view.indexed(JOB_RESOURCE, 'owner', cronJob.metadata.uid);
  const pods = jobs.flatMap((job) => view.indexed(resourceOf(PODS), 'owner', job.metadata.uid as string));
  if (!jobs.every((job) => finishedCondition(job as unknown as Job)) || !pods.every((pod) => isFinishedPod(pod as PodObject))) return undefined;
  const kept = Math.max(successfulJobsHistoryLimit, failedJobsHistoryLimit);
  return {
    periodMs: period,
    memoryRounds: Math.ceil((EVENT_TTL_MS + SLACK_MS) / period) + kept + JOBS_EXTRA,
    members: [
      ...jobs.map((job) => keyOf(JOB_RESOURCE, job)),
      ...pods.map((pod) => keyOf(resourceOf(PODS), pod)),
      ...view.list(resourceOf(EVENTS)).map((event) => keyOf(resourceOf(EVENTS), event)),
    ],
  };
}
