import type { ClusterEvent } from '../../core/event.ts';
import type { Instant } from '../../core/instant.ts';
import { equalJson } from '../../core/json.ts';
import { type ObjectKey, objectKey, splitKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { podsSelected } from '../../kinds/core/labelled/pods.ts';
import { type LabelSelector, selectorMatches } from '../../kinds/rules/selector.ts';
import { defineController, mapped, type Reconcile } from '../../machinery/controller.ts';
import { batchUntil, forgetBatch, putOff } from '../shared/batching.ts';
import { CONTROLLER_MANAGER, type KindName, PODS, type Pod } from '../shared/objects.ts';
import { isPodReady } from '../shared/pods.ts';
import { selectorText } from '../shared/selector-text.ts';
import { selfButOwnReports } from '../shared/watches.ts';
import { type Expectation, expectation } from './expected.ts';
import { budgetStatus, countHealthy, disruptedPods, withDisruptionAllowed } from './status.ts';

const NAME = 'disruption';
const COMPONENT = 'controllermanager';
const BUDGETS: KindName = { group: 'policy', version: 'v1', plural: 'poddisruptionbudgets', kind: 'PodDisruptionBudget' };

// Models pkg/controller/disruption/disruption.go.
export const disruptionController = defineController({
  name: NAME,
  component: COMPONENT,
  manager: CONTROLLER_MANAGER,
  watches: [selfButOwnReports(BUDGETS, COMPONENT), mapped(PODS, budgetsOf)],
  reconcile,
});

const facts = (pod: Pod): string => `${pod.metadata.deletionTimestamp !== undefined} ${isPodReady(pod)}`;

/** Budgets over the pod, before the change or after it; none where nothing changed that they count. */
function budgetsOf(event: ClusterEvent, view: View): ObjectKey[] {
  const { namespace } = splitKey(event.key);
  const budgets = view.list('policy/poddisruptionbudgets', namespace);
  if (budgets.length === 0) return [];
  const after = event.stored.object as unknown as Pod;
  const before = event.previous?.object as unknown as Pod | undefined;
  if (event.type === 'MODIFIED' && before && facts(before) === facts(after) && equalJson(before.metadata.labels, after.metadata.labels)) return [];
  return budgets
    .filter(
      ({ spec }) => selectorMatches(spec?.selector, after.metadata.labels) || (before && selectorMatches(spec?.selector, before.metadata.labels)),
    )
    .map(({ metadata }) => objectKey('policy/poddisruptionbudgets', namespace, metadata.name as string));
}

function reconcile(context: Reconcile): Instant | undefined {
  const { key, view } = context;
  const budget = view.get(key);
  if (!budget) {
    forgetBatch(context, NAME);
    return undefined;
  }
  const waiting = putOff(context, NAME);
  if (waiting !== undefined) return waiting;
  const pods = podsSelected(view, budget.metadata.namespace as string, budget.spec.selector) as unknown as Pod[];
  return batchUntil(context, NAME, pods.length) ?? sync(context, budget, pods);
}

function sync(context: Reconcile, budget: KubeObject, pods: readonly Pod[]): Instant | undefined {
  const { view, registry, record, api, now } = context;
  if (pods.length === 0) record(budget, 'Normal', 'NoPods', 'No matching pods found');
  const expected = expectedOf(() => expectation(view, registry, budget, pods));
  if (typeof expected === 'string') {
    record(budget, 'Warning', 'CalculateExpectedPodCountFailed', `Failed to calculate the number of expected pods: ${expected}`);
    failSafe(context, budget, expected);
    return undefined;
  }
  const { expectedPods, desiredHealthy, unmanaged } = expected;
  if (unmanaged.length > 0) record(budget, 'Warning', 'UnmanagedPods', unmanagedMessage(budget.spec.selector));
  const disrupted = disruptedPods(budget, pods, now);
  for (const pod of disrupted.overdue) {
    const { namespace } = budget.metadata;
    record(pod as unknown as KubeObject, 'Warning', 'NotDeleted', `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`);
  }
  const counts = { currentHealthy: countHealthy(pods, disrupted.pods), desiredHealthy, expectedPods };
  const status = budgetStatus(budget, counts, disrupted.pods, now);
  if (!equalJson(status, budget.status)) api.updateStatus({ ...budget, status });
  return disrupted.recheckAt;
}

/** The expectation, or why there is none. */
function expectedOf(find: () => Expectation): Expectation | string {
  try {
    return find();
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
}

/** A budget that cannot be worked out allows nothing. */
function failSafe({ api, now }: Reconcile, budget: KubeObject, message: string): void {
  const { observedGeneration } = budget.status ?? {};
  const conditions = withDisruptionAllowed(budget.status?.conditions, { status: 'False', reason: 'SyncFailed', message, observedGeneration }, now);
  const counts = { currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
  api.updateStatus({ ...budget, status: { ...counts, ...budget.status, disruptionsAllowed: 0, conditions } });
}

const unmanagedMessage = (selector: LabelSelector | undefined): string =>
  `Pods selected by this PodDisruptionBudget (selector: ${selectorText(selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;
