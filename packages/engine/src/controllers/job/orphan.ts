import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { apiVersionOf, resourceOf } from '../../machinery/kind.ts';
import { finishedCondition } from '../shared/job-conditions.ts';
import { JOBS, type Job, type Pod } from '../shared/objects.ts';
import { controllerOf } from '../shared/owners.ts';
import { isTracked, withoutTracking } from './pods.ts';

export const JOB_CONTROLLER_NAME = 'kubernetes.io/job-controller';

export const isManagedElsewhere = (job: Job): boolean => job.spec.managedBy !== undefined && job.spec.managedBy !== JOB_CONTROLLER_NAME;

/** A pod that no Job will count any more must not be held. Models syncOrphanPod in pkg/controller/job. */
export function freeOrphan({ key, view, api }: Reconcile): void {
  const pod = view.get(key) as unknown as Pod | undefined;
  if (!pod || !isTracked(pod)) return;
  const ref = controllerOf(pod);
  if (ref) {
    if (ref.kind !== JOBS.kind || ref.apiVersion !== apiVersionOf(JOBS)) return;
    const found = view.get(objectKey(resourceOf(JOBS), pod.metadata.namespace, ref.name)) as unknown as Job | undefined;
    const job = found?.metadata.uid === ref.uid ? found : undefined;
    if (job && (isManagedElsewhere(job) || !finishedCondition(job))) return;
  }
  api.update(withoutTracking(pod) as KubeObject);
}
