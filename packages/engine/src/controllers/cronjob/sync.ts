import { type Instant, toRfc3339 } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { turnMs } from '../../core/run-name.ts';
import { parseSchedule, type Schedule } from '../../kinds/batch/cronjobs/schedule.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { ApiError } from '../../machinery/status.ts';
import { finishedCondition } from '../shared/job-conditions.ts';
import { type CronJob, JOBS, type Job } from '../shared/objects.ts';
import { namespaceIsTerminating } from '../shared/refusal.ts';
import { deleteJob, type Family, JOB_RESOURCE } from './children.ts';
import { dueRun, nextLook } from './due.ts';
import { jobName, jobOf, rfc1123 } from './template.ts';

// Models the second part of syncCronJob in pkg/controller/cronjob/cronjob_controllerv2.go.

/** Something failed that is worth another try. */
export class Retry extends Error {}

/** Whether the run that is due gets no Job, and says why. */
function isPassedOver({ record, now }: Reconcile, { cronJob, status }: Family, run: Instant): boolean {
  const { startingDeadlineSeconds, concurrencyPolicy } = cronJob.spec;
  if (startingDeadlineSeconds !== undefined && run + startingDeadlineSeconds * 1000 < now) {
    record(cronJob as KubeObject, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${rfc1123(run)}`);
    return true;
  }
  if (status.active.some(({ name }) => name === jobName(cronJob, run)) || status.lastScheduleTime === toRfc3339(run)) return true;
  if (concurrencyPolicy !== 'Forbid' || status.active.length === 0) return false;
  const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
  record(cronJob as KubeObject, 'Normal', 'JobAlreadyActive', message);
  return true;
}

function replaceActive(context: Reconcile, family: Family): void {
  for (const { namespace, name } of family.status.active) {
    const job = context.view.get(objectKey(JOB_RESOURCE, namespace, name as string)) as unknown as Job | undefined;
    if (job && !deleteJob(context, family, job)) throw new Retry(`could not replace job ${namespace}/${name}`);
  }
}

/** The Job of a run, as it was made now or earlier; undefined where none can or need be. */
function createJob(context: Reconcile, { cronJob }: Family, run: Instant): Job | undefined {
  const { api, view, record } = context;
  const about = cronJob as KubeObject;
  try {
    const job = api.create(JOB_RESOURCE, jobOf(cronJob, run));
    record(about, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
    return job as unknown as Job;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (namespaceIsTerminating(error)) return undefined;
    if (error.status.reason === 'AlreadyExists') {
      const known = view.get(objectKey(JOB_RESOURCE, cronJob.metadata.namespace, jobName(cronJob, run))) as unknown as Job;
      return finishedCondition(known) ? undefined : known;
    }
    record(about, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`);
    throw new Retry(error.message);
  }
}

function start(context: Reconcile, family: Family, run: Instant): void {
  if (family.cronJob.spec.concurrencyPolicy === 'Replace') replaceActive(context, family);
  const job = createJob(context, family, run);
  if (!job) return;
  const { namespace, name, uid, resourceVersion } = job.metadata;
  family.status.active.push({
    kind: JOBS.kind,
    namespace: namespace as string,
    name,
    uid,
    apiVersion: 'batch/v1',
    resourceVersion: resourceVersion as string,
  });
  family.status.lastScheduleTime = toRfc3339(run);
}

function scheduleOf({ record }: Reconcile, { cronJob }: Family): Schedule | undefined {
  const { schedule } = cronJob.spec;
  const parsed = parseSchedule(schedule);
  if (!('problem' in parsed)) return parsed;
  record(cronJob as KubeObject, 'Warning', 'UnparseableSchedule', `unparseable schedule: "${schedule}" : ${parsed.problem}`);
  return undefined;
}

/** Starts what is due and returns when the next run is. */
export function startDue(context: Reconcile, family: Family): Instant | undefined {
  const { record, now, view } = context;
  const { cronJob } = family;
  if (cronJob.metadata.deletionTimestamp || cronJob.spec.suspend) return undefined;
  const schedule = scheduleOf(context, family);
  if (!schedule) return undefined;
  const due = dueRun(cronJob, now, schedule);
  if ('problem' in due) {
    record(cronJob as KubeObject, 'Warning', 'InvalidSchedule', `invalid schedule: ${cronJob.spec.schedule} : ${due.problem}`);
    return undefined;
  }
  if (due.tooManyMissed) {
    const message = 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
    record(cronJob as KubeObject, 'Warning', 'TooManyMissedTimes', message);
  }
  if (due.run !== undefined && !isPassedOver(context, family, due.run)) start(context, family, due.run);
  const look = nextLook({ ...cronJob, status: family.status }, now, schedule);
  return look === undefined || view.settings.timing === 'instant' ? look : look + turnMs(`${cronJob.metadata.namespace}/${cronJob.metadata.name}`);
}
