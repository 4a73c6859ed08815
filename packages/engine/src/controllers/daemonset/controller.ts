import type { Instant } from '../../core/instant.ts';
import { BURST_REPLICAS } from '../../core/limits.ts';
import type { KubeObject } from '../../core/object.ts';
import { isEmptySelector } from '../../kinds/rules/selector.ts';
import { defineController, type Reconcile } from '../../machinery/controller.ts';
import type { ApiError } from '../../machinery/status.ts';
import { CONTROLLER_MANAGER, type DaemonSet, type Pod } from '../shared/objects.ts';
import { controllerOf } from '../shared/owners.ts';
import { createPodOf, deletePodOf } from '../shared/podcontrol.ts';
import { availableFrom } from '../shared/pods.ts';
import { forgetFailures, retryAfterFailure } from '../shared/retry.ts';
import { slowStart } from '../shared/slowstart.ts';
import { earliest } from '../shared/time.ts';
import { failedKey } from './failed.ts';
import { cleanUpHistory, historyOf } from './history.ts';
import { planNodes } from './manage.ts';
import { rollingUpdate } from './rolling.ts';
import { claimPods, POD_RESOURCE, survey } from './round.ts';
import { setStatus } from './status.ts';
import { podFor } from './template.ts';
import { COMPONENT, watches } from './watches.ts';

const NAME = 'daemonset';

/** Models syncNodes: pods are made before others are removed. */
function carryOut(context: Reconcile, set: DaemonSet, create: readonly string[], remove: readonly Pod[], hash: string): ApiError | undefined {
  const about = set as KubeObject;
  let first = slowStart(Math.min(create.length, BURST_REPLICAS), (nth) => createPodOf(context, about, podFor(set, create[nth] as string, hash), nth));
  for (const [nth, pod] of remove.slice(0, BURST_REPLICAS).entries()) {
    const refused = deletePodOf(context, about, pod, nth);
    first ??= refused;
  }
  return first;
}

function podsNow({ view }: Reconcile, set: DaemonSet): Pod[] {
  const pods = view.indexed(POD_RESOURCE, 'owner', set.metadata.uid) as unknown as Pod[];
  return pods.filter((pod) => controllerOf(pod)?.uid === set.metadata.uid);
}

function nextAvailableAt({ spec }: DaemonSet, pods: readonly Pod[], now: Instant): Instant | undefined {
  const minReadySeconds = spec.minReadySeconds ?? 0;
  if (minReadySeconds === 0) return undefined;
  return earliest(...pods.map((pod) => availableFrom(pod, minReadySeconds)).filter((at) => at !== undefined && at > now));
}

/** Models syncDaemonSet in pkg/controller/daemon/daemon_controller.go. An update goes on when what was missing has been made. */
function reconcile(context: Reconcile, set: DaemonSet): Instant | undefined {
  const { view, api, key, now, record } = context;
  if (isEmptySelector(set.spec.selector)) {
    record(set as KubeObject, 'Warning', 'SelectingAll', 'This daemon set is selecting all pods. A non-empty selector is required.');
    return undefined;
  }
  if (set.metadata.deletionTimestamp) return undefined;
  const history = historyOf(context, set);
  const { hash } = history;
  const seen = survey(context, set, claimPods(context, set));
  const before = view.revision;
  const plan = planNodes(context, set, seen, hash);
  const isSettled = plan.create.length + plan.remove.length === 0;
  const rolling = isSettled && set.spec.updateStrategy?.type === 'RollingUpdate' ? rollingUpdate(set, seen.places, hash, now) : plan;
  const refused = carryOut(context, set, rolling.create, rolling.remove, hash);
  const { places, pods } = view.revision === before ? seen : survey(context, set, podsNow(context, set));
  const status = setStatus(set, places, hash, history.collisionCount, now);
  api.updateStatus({ ...(view.get(key) as KubeObject), status });
  cleanUpHistory(context, set, history, pods);
  const next = earliest(plan.next, nextAvailableAt(set, pods, now));
  if (refused) return earliest(next, retryAfterFailure(context, NAME));
  forgetFailures(context, NAME);
  return next;
}

// Models pkg/controller/daemon.
export const daemonSetController = defineController({
  name: NAME,
  component: COMPONENT,
  manager: CONTROLLER_MANAGER,
  watches,
  reconcile: (context) => {
    const { key, view, api } = context;
    if (key.startsWith('gone|')) {
      const memory = failedKey(key.slice('gone|'.length));
      if (view.runtime(memory) !== undefined) api.setRuntime(memory, undefined);
      return undefined;
    }
    const set = view.get(key) as unknown as DaemonSet | undefined;
    if (set) return reconcile(context, set);
    forgetFailures(context, NAME);
    return undefined;
  },
});
