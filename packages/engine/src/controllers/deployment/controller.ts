import type { Instant } from '../../core/instant.ts';
import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import { isEmptySelector } from '../../kinds/rules/selector.ts';
import { defineController, type Reconcile } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER, type Deployment } from '../shared/objects.ts';
import { forgetFailures, retryAfterFailure } from '../shared/retry.ts';
import { type Creation, createCurrent, syncCurrent } from './current.ts';
import { isRollingUpdate } from './fenceposts.ts';
import { beyondHistory } from './history.ts';
import { notePause } from './pause.ts';
import { isComplete, progressCheckAt, rolloutConditions } from './progress.ts';
import { isResized, rescale } from './proportion.ts';
import { oldPodsRunning, stopOld } from './recreate.ts';
import { rollBack, rollbackRevision } from './rollback.ts';
import { resizeCurrent, shrinkOld } from './rolling.ts';
import { applyResizes, claimSets, SET_RESOURCE, sortOut } from './rollout.ts';
import type { Resize, Sets } from './sets.ts';
import { deploymentStatus } from './status.ts';
import { watches } from './watches.ts';

const NAME = 'deployment';

interface Outcome {
  next?: Instant | undefined;
  /** The round failed and is to be repeated after a back-off. */
  retry?: boolean;
}

function write({ api }: Reconcile, deployment: Deployment): void {
  api.updateStatus(deployment as KubeObject);
}

/** Figures only: nobody estimates progress of what is paused, being resized or being deleted. */
function reportFigures(context: Reconcile, deployment: Deployment, sets: Sets): Outcome {
  const status = deploymentStatus(deployment, sets, context.now);
  write(context, { ...deployment, status: { ...status, conditions: [...status.conditions] } });
  return {};
}

function reportRollout(context: Reconcile, deployment: Deployment, sets: Sets): Outcome {
  const figures = deploymentStatus(deployment, sets, context.now);
  const status = { ...figures, conditions: [...rolloutConditions(deployment, figures, sets, context.now)] };
  write(context, { ...deployment, status });
  return { next: progressCheckAt(deployment, status) };
}

function prune({ api }: Reconcile, deployment: Deployment, sets: Sets): void {
  for (const set of beyondHistory(deployment, sets.old)) api.delete(objectKey(SET_RESOURCE, set.metadata.namespace, set.metadata.name));
}

function currentOrNew(context: Reconcile, found: Creation): Creation {
  return found.sets.current ? found : createCurrent(context, found.deployment, found.sets);
}

/** What was noted stays; a collision is tried again at once, woken by its own note, a refusal after a while. */
function afterFailure(context: Reconcile, { deployment, failed }: Creation): Outcome {
  write(context, deployment);
  return { retry: failed === 'refused' };
}

/** Models rolloutRolling in pkg/controller/deployment/rolling.go: at most one direction in a round; the next round is woken by its effects. */
function roll(context: Reconcile, found: Creation): Outcome {
  const ready = currentOrNew(context, found);
  if (ready.failed) return afterFailure(context, ready);
  const { deployment, sets } = ready;
  const growth = resizeCurrent(deployment, sets);
  const resizes: Resize[] = growth ? [growth] : shrinkOld(deployment, sets);
  if (resizes.length > 0) return reportRollout(context, deployment, applyResizes(context, deployment, sets, resizes));
  if (isComplete(deployment, deployment.status ?? {})) prune(context, deployment, sets);
  return reportRollout(context, deployment, sets);
}

/** Models rolloutRecreate in pkg/controller/deployment/recreate.go. */
function recreate(context: Reconcile, found: Creation): Outcome {
  const stops = stopOld(found.sets);
  if (stops.length > 0) return reportRollout(context, found.deployment, applyResizes(context, found.deployment, found.sets, stops));
  if (oldPodsRunning(context.view, found.sets)) return reportRollout(context, found.deployment, found.sets);
  const ready = currentOrNew(context, found);
  if (ready.failed) return afterFailure(context, ready);
  const { deployment } = ready;
  const growth = resizeCurrent(deployment, ready.sets);
  const sets = growth ? applyResizes(context, deployment, ready.sets, [growth]) : ready.sets;
  if (isComplete(deployment, deployment.status ?? {})) prune(context, deployment, sets);
  return reportRollout(context, deployment, sets);
}

/** Models syncDeployment in pkg/controller/deployment/deployment_controller.go. */
function sync(context: Reconcile, stored: Deployment): Outcome {
  if (isEmptySelector(stored.spec.selector)) {
    context.record(stored as KubeObject, 'Warning', 'SelectingAll', 'This deployment is selecting all pods. A non-empty selector is required.');
    return {};
  }
  const claimed = claimSets(context, stored);
  const noted = stored.metadata.deletionTimestamp ? stored : notePause(stored, context.now);
  const found = syncCurrent(context, noted, sortOut(noted, claimed));
  if (stored.metadata.deletionTimestamp) return reportFigures(context, found.deployment, found.sets);
  const { paused } = found.deployment.spec;
  const revision = paused ? undefined : rollbackRevision(found.deployment);
  if (revision !== undefined) {
    const ready = currentOrNew(context, found);
    if (ready.failed) return afterFailure(context, ready);
    rollBack(context, ready.deployment, ready.sets, revision);
    return {};
  }
  if (paused || isResized(found.deployment, found.sets)) {
    const sets = applyResizes(context, found.deployment, found.sets, rescale(found.deployment, found.sets));
    if (paused) prune(context, found.deployment, sets);
    return reportFigures(context, found.deployment, sets);
  }
  return isRollingUpdate(found.deployment) ? roll(context, found) : recreate(context, found);
}

export const deploymentController = defineController({
  name: NAME,
  component: 'deployment-controller',
  manager: CONTROLLER_MANAGER,
  watches,
  reconcile: (context) => {
    const stored = context.view.get(context.key);
    if (!stored) {
      forgetFailures(context, NAME);
      return undefined;
    }
    const { next, retry } = sync(context, stored as unknown as Deployment);
    if (retry) return retryAfterFailure(context, NAME);
    forgetFailures(context, NAME);
    return next;
  },
});
