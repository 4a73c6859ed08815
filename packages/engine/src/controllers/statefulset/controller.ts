import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { isEmptySelector } from '../../kinds/rules/selector.ts';
import { defineController, type Reconcile } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, type Pod, type StatefulSet } from '../shared/objects.ts';
import { controllerOf } from '../shared/owners.ts';
import { availableFrom } from '../shared/pods.ts';
import { forgetFailures, retryAfterFailure } from '../shared/retry.ts';
import { earliest } from '../shared/time.ts';
import { isMember } from './identity.ts';
import { claimPods, POD_RESOURCE, Retry } from './pods.ts';
import { reportedRevisions, revisionsOf, truncateHistory } from './revisions.ts';
import { setStatus } from './status.ts';
import { advance } from './sync.ts';
import { COMPONENT, watches } from './watches.ts';

const NAME = 'statefulset';

function podsNow({ view }: Reconcile, set: StatefulSet): Pod[] {
  const pods = view.indexed(POD_RESOURCE, 'owner', set.metadata.uid) as unknown as Pod[];
  return pods.filter((pod) => controllerOf(pod)?.uid === set.metadata.uid && isMember(set, pod));
}

/** When the next of the pods that are ready counts as available. */
function nextAvailableAt(pods: readonly Pod[], minReadySeconds: number, now: Instant): Instant | undefined {
  if (minReadySeconds === 0) return undefined;
  return earliest(...pods.map((pod) => availableFrom(pod, minReadySeconds)).filter((at) => at !== undefined && at > now));
}

/** Models sync in pkg/controller/statefulset/stateful_set.go. */
function reconcile(context: Reconcile, set: StatefulSet): Instant | undefined {
  const { view, api, key, now } = context;
  if (isEmptySelector(set.spec.selector)) return undefined;
  const claimed = claimPods(context, set);
  if (set.metadata.deletionTimestamp) {
    api.updateStatus({ ...(view.get(key) as KubeObject), status: setStatus(set, reportedRevisions(set), podsNow(context, set), now) });
    return undefined;
  }
  const revisions = revisionsOf(context, set);
  let failed = false;
  try {
    advance(context, set, revisions, claimed);
  } catch (error) {
    if (!(error instanceof Retry)) throw error;
    failed = true;
  }
  const pods = podsNow(context, set);
  const latest = view.get(key) as KubeObject;
  const status = setStatus(set, revisions, pods, now);
  api.updateStatus({ ...latest, status });
  truncateHistory(context, set, revisions, status.currentRevision, pods);
  const next = nextAvailableAt(pods, set.spec.minReadySeconds ?? 0, now);
  if (failed) return earliest(next, retryAfterFailure(context, NAME));
  forgetFailures(context, NAME);
  return next;
}

// Models pkg/controller/statefulset.
export const statefulSetController = defineController({
  name: NAME,
  component: COMPONENT,
  manager: CONTROLLER_MANAGER,
  watches,
  reconcile: (context) => {
    const set = context.view.get(context.key) as unknown as StatefulSet | undefined;
    if (set) return reconcile(context, set);
    forgetFailures(context, NAME);
    return undefined;
  },
});
