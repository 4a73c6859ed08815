import { parseRfc3339 } from '../../core/instant.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { finishedCondition } from '../shared/job-conditions.ts';
import type { Job } from '../shared/objects.ts';
import { deleteJob, type Family } from './children.ts';

const NEVER = Number.POSITIVE_INFINITY;
const startOf = ({ status }: Job): number => parseRfc3339(status?.startTime ?? '') ?? NEVER;

/** Models byJobStartTime: Jobs that never started are the youngest. */
function byStart(a: Job, b: Job): number {
  const [left, right] = [startOf(a), startOf(b)];
  return left === right ? (a.metadata.name < b.metadata.name ? -1 : 1) : left - right;
}

/** The oldest of the finished Jobs that are more than are to be kept. Models removeOldestJobs. */
export const beyondLimit = (jobs: readonly Job[], limit: number | undefined): Job[] =>
  limit === undefined || jobs.length <= limit ? [] : [...jobs].sort(byStart).slice(0, jobs.length - limit);

/** Models cleanupFinishedJobs in pkg/controller/cronjob. */
export function pruneFinished(context: Reconcile, family: Family): void {
  const { failedJobsHistoryLimit, successfulJobsHistoryLimit } = family.cronJob.spec;
  const ended = (type: string): Job[] => family.jobs.filter((job) => finishedCondition(job)?.type === type);
  const old = [...beyondLimit(ended('Complete'), successfulJobsHistoryLimit), ...beyondLimit(ended('Failed'), failedJobsHistoryLimit)];
  for (const job of old) deleteJob(context, family, job);
}
