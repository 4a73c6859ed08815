import { fromCivil, type Instant, toCivil, toRfc3339 } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { CRON_JOBS, type CronJob } from '../shared/objects.ts';
import { newControllerRef } from '../shared/owners.ts';
import { offsetMs, offsetText } from './zone.ts';

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** The same run never gets two Jobs, because they would have one name. */
export const jobName = (cronJob: CronJob, run: Instant): string => `${cronJob.metadata.name}-${Math.floor(run / 60_000)}`;

function wallClock(run: Instant, zone: string | undefined): string {
  const offset = offsetMs(zone, run);
  return offset === 0 ? toRfc3339(run) : `${toRfc3339(run + offset).slice(0, -1)}${offsetText(offset, ':')}`;
}

/** Models getJobFromTemplate2 in pkg/controller/cronjob/utils.go. */
export function jobOf(cronJob: CronJob, run: Instant): KubeObject {
  const { metadata = {}, spec } = cronJob.spec.jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(cronJob, run),
      namespace: cronJob.metadata.namespace as string,
      ...(metadata.labels ? { labels: { ...metadata.labels } } : {}),
      annotations: { ...metadata.annotations, [SCHEDULED_AT]: wallClock(run, cronJob.spec.timeZone) },
      ownerReferences: [newControllerRef(cronJob, CRON_JOBS)],
    },
    spec,
  };
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const RFC_1123 = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) \+0000$/;

export function parseRfc1123(text: string): Instant | undefined {
  const [, day, month = '', year, hour, minute, second] = RFC_1123.exec(text) ?? [];
  const monthIndex = MONTHS.indexOf(month);
  return monthIndex < 0 ? undefined : fromCivil(Number(year), monthIndex + 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** Go's RFC1123Z in UTC, as events spell a missed run. */
export function rfc1123(at: Instant): string {
  const { weekday, day, month, year, hour, minute, second } = toCivil(at);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${DAYS[weekday]}, ${pad(day)} ${MONTHS[month - 1]} ${year} ${pad(hour)}:${pad(minute)}:${pad(second)} +0000`;
}
