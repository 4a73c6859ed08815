import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { defineController, owned, type Reconcile, type Watch } from '../../machinery/controller.ts';
import { finishedCondition } from '../shared/job-conditions.ts';
import { CONTROLLER_MANAGER, CRON_JOBS, type CronJob, JOBS, type Job } from '../shared/objects.ts';
import { forgetFailures, retryAfterFailure } from '../shared/retry.ts';
import { selfButOwnReports } from '../shared/watches.ts';
import { familyOf, JOB_RESOURCE, observe } from './children.ts';
import { pruneFinished } from './history.ts';
import { loopOf } from './loop.ts';
import { Retry, startDue } from './sync.ts';

const NAME = 'cronjob';
const COMPONENT = 'cronjob-controller';

/** A CronJob only cares about Jobs that come, go, change hands or finish. */
const ownJobs: Watch = {
  resource: JOB_RESOURCE,
  keys: (event, view, registry) => {
    const before = event.previous?.object;
    const sameHands = event.stored.object.metadata.ownerReferences === before?.metadata.ownerReferences;
    const ended = (job: KubeObject | undefined): boolean => job !== undefined && finishedCondition(job as unknown as Job) !== undefined;
    if (event.type === 'MODIFIED' && sameHands && ended(event.stored.object) === ended(before)) return [];
    return owned(JOBS, CRON_JOBS).keys(event, view, registry);
  },
};

function reconcile(context: Reconcile, cronJob: CronJob): Instant | undefined {
  const { api, view, key } = context;
  const family = familyOf(context, cronJob);
  observe(context, family);
  let next: Instant | undefined;
  let failed = false;
  try {
    next = startDue(context, family);
  } catch (error) {
    if (!(error instanceof Retry)) throw error;
    failed = true;
  }
  pruneFinished(context, family);
  const { active, ...rest } = family.status;
  const latest = view.get(key);
  if (latest) api.updateStatus({ ...latest, status: active.length > 0 ? { active, ...rest } : rest });
  if (failed) return retryAfterFailure(context, NAME);
  forgetFailures(context, NAME);
  return next;
}

// Models pkg/controller/cronjob.
export const cronJobController = defineController({
  name: NAME,
  component: COMPONENT,
  manager: CONTROLLER_MANAGER,
  watches: [selfButOwnReports(CRON_JOBS, COMPONENT), ownJobs],
  reconcile: (context) => {
    const cronJob = context.view.get(context.key) as unknown as CronJob | undefined;
    if (cronJob) return reconcile(context, cronJob);
    forgetFailures(context, NAME);
    return undefined;
  },
  loop: loopOf,
});
