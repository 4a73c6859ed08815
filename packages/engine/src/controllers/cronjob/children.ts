import type { CronJobStatus } from '@vivakube/schema/types/batch.v1';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { finishedCondition } from '../shared/job-conditions.ts';
import { type CronJob, JOBS, type Job } from '../shared/objects.ts';
import { controllerOf } from '../shared/owners.ts';
import { refusal } from '../shared/refusal.ts';

export const JOB_RESOURCE = resourceOf(JOBS);

/** What the controller knows of a CronJob and changes in the course of a sync. */
export interface Family {
  cronJob: CronJob;
  jobs: readonly Job[];
  status: CronJobStatus & { active: NonNullable<CronJobStatus['active']> };
}

export function familyOf({ view }: Reconcile, cronJob: CronJob): Family {
  const jobs = (view.indexed(JOB_RESOURCE, 'owner', cronJob.metadata.uid) as unknown as Job[]).filter(
    (job) => controllerOf(job)?.uid === cronJob.metadata.uid,
  );
  return { cronJob, jobs, status: { ...cronJob.status, active: [...(cronJob.status?.active ?? [])] } };
}

export function dropActive({ status }: Family, uid: string): void {
  status.active = status.active.filter((ref) => ref.uid !== uid);
}

function noteSuccess({ status }: Family, { status: done }: Job): void {
  const at = done?.completionTime;
  if (at && (status.lastSuccessfulTime === undefined || at > status.lastSuccessfulTime)) status.lastSuccessfulTime = at;
}

/** Brings status.active in line with the Jobs that there are. Models the first part of syncCronJob in pkg/controller/cronjob. */
export function observe({ record }: Reconcile, family: Family): void {
  const { cronJob, jobs } = family;
  for (const job of jobs) {
    const listed = family.status.active.some(({ uid }) => uid === job.metadata.uid);
    const finished = finishedCondition(job);
    if (!listed && !finished) {
      record(cronJob as KubeObject, 'Warning', 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${job.metadata.name}`);
    } else if (listed && finished) {
      dropActive(family, job.metadata.uid);
      record(cronJob as KubeObject, 'Normal', 'SawCompletedJob', `Saw completed job: ${job.metadata.name}, condition: ${finished.type}`);
    }
    if (finished?.type === 'Complete') noteSuccess(family, job);
  }
  for (const { uid, name } of family.status.active) {
    if (jobs.some(({ metadata }) => metadata.uid === uid)) continue;
    record(cronJob as KubeObject, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
    dropActive(family, uid as string);
  }
}

/** Models deleteJob in pkg/controller/cronjob; whether it worked. */
export function deleteJob({ api, record }: Reconcile, family: Family, { metadata }: Job): boolean {
  const about = family.cronJob as KubeObject;
  const refused = refusal(() => api.delete(objectKey(JOB_RESOURCE, metadata.namespace, metadata.name), { propagationPolicy: 'Background' }));
  if (refused) {
    record(about, 'Warning', 'FailedDelete', `Deleted job: ${refused.message}`);
    return false;
  }
  dropActive(family, metadata.uid);
  record(about, 'Normal', 'SuccessfulDelete', `Deleted job ${metadata.name}`);
  return true;
}
