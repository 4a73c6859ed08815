import type { KubeObject } from '../../core/object.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { claimOf } from '../shared/claim.ts';
import { JOBS, type Job, PODS, type Pod } from '../shared/objects.ts';
import { controllerOf, newControllerRef, withOwner, withoutOwner } from '../shared/owners.ts';
import { isTracked, TRACKING_FINALIZER, withoutTracking } from './pods.ts';

const POD_RESOURCE = resourceOf(PODS);

const withTracking = (pod: Pod): Pod =>
  isTracked(pod) ? pod : { ...pod, metadata: { ...pod.metadata, finalizers: [...(pod.metadata.finalizers ?? []), TRACKING_FINALIZER] } };

/** The pods of a Job after adopting and releasing; the finalizer comes and goes with them. Models getPodsForJob in pkg/controller/job. */
export function claimPods({ api, view }: Reconcile, job: Job): Pod[] {
  const named = view.indexed(POD_RESOURCE, 'owner', job.metadata.uid) as unknown as Pod[];
  const loose = view.indexed(POD_RESOURCE, 'orphan', job.metadata.namespace as string) as unknown as Pod[];
  const claimed: Pod[] = [];
  for (const pod of [...named.filter((each) => controllerOf(each)), ...loose]) {
    const claim = claimOf(job, job.spec.selector, pod);
    if (claim === 'keep') claimed.push(pod);
    if (claim === 'adopt') claimed.push(api.update(withTracking(withOwner(pod, newControllerRef(job, JOBS))) as KubeObject) as unknown as Pod);
    if (claim === 'release') api.update(withoutTracking(withoutOwner(pod, job.metadata.uid)) as KubeObject);
  }
  return claimed;
}
