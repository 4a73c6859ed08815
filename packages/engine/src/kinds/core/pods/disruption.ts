import { toRfc3339 } from '../../../core/instant.ts';
import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import type { WriteContext } from '../../../machinery/machine.ts';
import { ApiError, forbidden } from '../../../machinery/status.ts';
import { updateObject } from '../../../machinery/write/update.ts';
import { podDisruptionBudget } from '../../policy/poddisruptionbudgets/kind.ts';
import { selectorMatches } from '../../rules/selector.ts';
import type { PodObject } from '../../shared/pod.ts';

/** Evictions that the budget's controller has not seen yet. Models MaxDisruptedPodSize. */
const DISRUPTED_PODS_MAX = 2000;
const RETRY_SECONDS = 10;

/** Takes one disruption from the budget that covers the pod, or throws. Models EvictionREST.Create. */
export function spendBudget(write: WriteContext, pod: PodObject, ready: boolean): void {
  const budgets = write.txn
    .list('policy/poddisruptionbudgets', pod.metadata.namespace)
    .filter((budget) => selectorMatches(budget.spec?.selector, pod.metadata.labels));
  if (budgets.length > 1) {
    const why = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    throw new ApiError(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] });
  }
  const budget = budgets[0];
  if (!budget || (!ready && letsGoOfUnhealthy(budget))) return;
  checkBudget(budget);
  decrement(write, budget, pod.metadata.name as string);
}

/** A pod that is not ready was not counted as healthy, so that losing it may cost nothing. */
function letsGoOfUnhealthy({ spec, status }: KubeObject): boolean {
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const desired: number = status?.desiredHealthy ?? 0;
  return desired > 0 && (status?.currentHealthy ?? 0) >= desired;
}

function checkBudget(budget: KubeObject): void {
  const name = budget.metadata.name as string;
  const status = budget.status ?? {};
  const allowed: number = status.disruptionsAllowed ?? 0;
  if ((status.observedGeneration ?? 0) < (budget.metadata.generation ?? 0)) {
    throw tooManyRequests(`The disruption budget ${name} is still being processed by the server.`, RETRY_SECONDS);
  }
  if (allowed < 0) throw forbidden('policy', 'poddisruptionbudget', name, 'pdb disruptions allowed is negative');
  if (Object.keys(status.disruptedPods ?? {}).length > DISRUPTED_PODS_MAX) {
    throw forbidden('policy', 'poddisruptionbudget', name, 'DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  }
  if (allowed === 0) {
    throw tooManyRequests(
      `The disruption budget ${name} needs ${status.desiredHealthy ?? 0} healthy pods and has ${status.currentHealthy ?? 0} currently`,
    );
  }
}

const tooManyRequests = (cause: string, retryAfterSeconds?: number): ApiError =>
  new ApiError(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
    causes: [{ reason: 'DisruptionBudget', message: cause }],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });

function decrement(write: WriteContext, budget: KubeObject, podName: string): void {
  const key = objectKey('policy/poddisruptionbudgets', budget.metadata.namespace, budget.metadata.name as string);
  const disruptedPods = new Map(Object.entries(budget.status.disruptedPods ?? {}));
  disruptedPods.set(podName, toRfc3339(write.txn.now));
  const spent = {
    ...budget,
    status: { ...budget.status, disruptionsAllowed: budget.status.disruptionsAllowed - 1, disruptedPods: Object.fromEntries(disruptedPods) },
  };
  updateObject(write, podDisruptionBudget, key, spent, { subresource: 'status' });
}
