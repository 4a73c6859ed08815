import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import { defineController, type Reconcile, self } from '../../machinery/controller.ts';
import { finishedCondition } from '../shared/job-conditions.ts';
import { CONTROLLER_MANAGER, JOBS, type Job } from '../shared/objects.ts';

/** When a finished Job is to go; undefined where it stays. Models getFinishAndExpireTime in pkg/controller/ttlafterfinished. */
export function expiresAt(job: Job): Instant | undefined {
  const { ttlSecondsAfterFinished } = job.spec;
  const finishedAt = parseRfc3339(finishedCondition(job)?.lastTransitionTime ?? '');
  return ttlSecondsAfterFinished === undefined || finishedAt === undefined ? undefined : finishedAt + ttlSecondsAfterFinished * 1000;
}

function reconcile({ key, view, now, api }: Reconcile): Instant | undefined {
  const job = view.get(key) as unknown as Job | undefined;
  if (!job || job.metadata.deletionTimestamp) return undefined;
  const at = expiresAt(job);
  if (at === undefined || at > now) return at;
  api.delete(key, { propagationPolicy: 'Foreground', uid: job.metadata.uid });
  return undefined;
}

export const ttlAfterFinishedController = defineController({
  name: 'ttlafterfinished',
  component: 'ttl-after-finished-controller',
  manager: CONTROLLER_MANAGER,
  watches: [self(JOBS)],
  reconcile,
});
