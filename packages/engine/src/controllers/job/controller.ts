import type { ClusterEvent } from '../../core/event.ts';
import type { Instant } from '../../core/instant.ts';
import { splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { selectorMatches } from '../../kinds/rules/selector.ts';
import { controllerRef, defineController, mapped, owned, type Reconcile, self, type Watch } from '../../machinery/controller.ts';
import { resourceOf } from '../../machinery/kind.ts';
import { finishedCondition } from '../shared/job-conditions.ts';
import { CONTROLLER_MANAGER, JOBS, type Job, PODS, type Pod } from '../shared/objects.ts';
import { podCondition } from '../shared/pods.ts';
import { forgetFailures, retryAfterFailure } from '../shared/retry.ts';
import { freeOrphan, isManagedElsewhere } from './orphan.ts';
import { isTracked } from './pods.ts';
import { backoffKey } from './round.ts';
import { sync } from './sync.ts';

const NAME = 'job';
const JOB_RESOURCE = resourceOf(JOBS);
const POD_RESOURCE = resourceOf(PODS);

/** Whether an event changed anything about a pod that a Job looks at. */
function concernsJob({ type, stored, previous }: ClusterEvent): boolean {
  if (type !== 'MODIFIED' || !previous) return true;
  const [after, before] = [stored.object, previous.object] as unknown as [Pod, Pod];
  const { metadata: a, status: s } = after;
  const { metadata: b, status: t } = before;
  if (
    a.labels !== b.labels ||
    a.ownerReferences !== b.ownerReferences ||
    a.finalizers !== b.finalizers ||
    a.deletionTimestamp !== b.deletionTimestamp
  )
    return true;
  if (s === t) return false;
  const restarts = ({ status }: Pod): number => (status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
  return (
    s?.phase !== t?.phase || podCondition(after, 'Ready')?.status !== podCondition(before, 'Ready')?.status || restarts(after) !== restarts(before)
  );
}

const ownPods: Watch = {
  resource: POD_RESOURCE,
  keys: (event, view, registry) => (concernsJob(event) ? owned(PODS, JOBS).keys(event, view, registry) : []),
};

/** A pod without a controller wakes Jobs that could adopt it, and is freed if it is still held for one. */
const orphans: Watch = mapped(PODS, (event, view) => {
  const pod = event.stored.object;
  const before = event.previous?.object;
  if (event.type === 'DELETED' || controllerRef(pod) || !pod.metadata.labels) return [];
  if (before && before.metadata.labels === pod.metadata.labels && before.metadata.ownerReferences === pod.metadata.ownerReferences) return [];
  const { namespace } = splitKey(event.key);
  const adopters = view
    .list(JOB_RESOURCE, namespace)
    .filter((job) => selectorMatches(job.spec.selector, pod.metadata.labels))
    .map((job) => `${JOB_RESOURCE}/${namespace}/${job.metadata.name}`);
  return isTracked(pod as unknown as Pod) ? [...adopters, event.key] : adopters;
});

/** Pods that a Job leaves behind when it goes or has finished. */
const leftBehind: Watch = mapped(JOBS, (event, view) => {
  const job = event.stored.object as unknown as Job;
  const finishedNow = finishedCondition(job) && !(event.previous && finishedCondition(event.previous.object as unknown as Job));
  if (event.type !== 'DELETED' && !finishedNow) return [];
  return view
    .indexed(POD_RESOURCE, 'owner', job.metadata.uid)
    .filter((pod) => isTracked(pod as unknown as Pod))
    .map((pod) => `${POD_RESOURCE}/${pod.metadata.namespace}/${pod.metadata.name}`);
});

function forget({ api, view }: Reconcile, job: Job): void {
  if (view.runtime(backoffKey(job)) !== undefined) api.setRuntime(backoffKey(job), undefined);
}

/** The Job itself, so that what was remembered about it goes with it. */
const gone: Watch = mapped(JOBS, (event) => (event.type === 'DELETED' ? [`gone|${event.stored.object.metadata.uid}`] : []));

function reconcileJob(context: Reconcile, job: Job): Instant | undefined {
  if (isManagedElsewhere(job)) return undefined;
  if (finishedCondition(job)) {
    forget(context, job);
    forgetFailures(context, NAME);
    return undefined;
  }
  const { next, refused } = sync(context, job);
  if (refused) return retryAfterFailure(context, NAME);
  forgetFailures(context, NAME);
  return next;
}

// Models pkg/controller/job.
export const jobController = defineController({
  name: NAME,
  component: 'job-controller',
  manager: CONTROLLER_MANAGER,
  watches: [self(JOBS), ownPods, orphans, leftBehind, gone],
  reconcile: (context) => {
    const { key, view, api } = context;
    if (key.startsWith('gone|')) {
      const memory = backoffKey({ metadata: { uid: key.slice('gone|'.length) } } as Job);
      if (view.runtime(memory) !== undefined) api.setRuntime(memory, undefined);
      return undefined;
    }
    if (key.startsWith(`${POD_RESOURCE}/`)) {
      freeOrphan(context);
      return undefined;
    }
    const job = view.get(key) as unknown as (Job & KubeObject) | undefined;
    if (job) return reconcileJob(context, job);
    forgetFailures(context, NAME);
    return undefined;
  },
});
