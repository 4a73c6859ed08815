import type { ObjectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { parseSchedule, type Schedule } from '../../kinds/batch/cronjobs/schedule.ts';
import type { Loop } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { type CronJob, PODS } from '../shared/objects.ts';
import { JOB_RESOURCE } from './children.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** After how long a schedule begins anew; undefined where that depends on the calendar. */
export function periodMs(schedule: Schedule): number | undefined {
  // Runs are named after their minute.
  if ('everyMs' in schedule) return schedule.everyMs % MINUTE_MS === 0 ? schedule.everyMs : undefined;
  const { hours, daysOfMonth, months, daysOfWeek } = schedule;
  if (daysOfMonth.length < 31 || months.length < 12) return undefined;
  if (daysOfWeek.length < 7) return 7 * DAY_MS;
  const step = 24 / hours.length;
  const first = hours[0] as number;
  return hours.every((hour, i) => hour === first + i * step) ? step * HOUR_MS : DAY_MS;
}

const keyOf = (resource: string, { metadata }: KubeObject): ObjectKey => `${resource}/${metadata.namespace}/${metadata.name}`;

/** Where clocks change, a schedule does not stay the same for ever. */
const isClockSteady = (zone: string | undefined): boolean => zone === undefined || zone === 'UTC' || zone === 'Etc/UTC';

/** What a CronJob repeats; undefined where its runs are not all alike. */
export function loopOf(key: string, view: View): Loop | undefined {
  const cronJob = view.get(key) as unknown as CronJob | undefined;
  if (!cronJob || cronJob.metadata.deletionTimestamp || cronJob.spec.suspend || !isClockSteady(cronJob.spec.timeZone)) return undefined;
  // Pods that run side by side are looked at in the order of their names, which chance decides anew each time.
  if ((cronJob.spec.jobTemplate.spec?.parallelism ?? 1) > 1) return undefined;
  const parsed = parseSchedule(cronJob.spec.schedule);
  const period = 'problem' in parsed ? undefined : periodMs(parsed);
  if (period === undefined) return undefined;
  const members = (): ObjectKey[] => {
    const jobs = view.indexed(JOB_RESOURCE, 'owner', cronJob.metadata.uid);
    const pods = jobs.flatMap((job) => view.indexed(resourceOf(PODS), 'owner', job.metadata.uid as string));
    return [...jobs.map((job) => keyOf(JOB_RESOURCE, job)), ...pods.map((pod) => keyOf(resourceOf(PODS), pod))];
  };
  return { periodMs: period, members };
}
