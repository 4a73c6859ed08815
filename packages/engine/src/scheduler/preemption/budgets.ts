import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { type LabelSelectorObject, selectorFor } from '../../machinery/selector/index.ts';
import type { PodInfo } from '../pod-info.ts';

/** Pods whose going would break a disruption budget, and the others. Models filterPodsWithPDBViolation. */
export function splitByBudget(view: View, pods: readonly PodInfo[]): { violating: PodInfo[]; others: PodInfo[] } {
  const allowed = new Map<KubeObject, number>();
  const violating: PodInfo[] = [];
  const others: PodInfo[] = [];
  for (const pod of pods) {
    let breaks = false;
    for (const budget of budgetsOf(view, pod)) {
      const left = (allowed.get(budget) ?? budget.status?.disruptionsAllowed ?? 0) - 1;
      allowed.set(budget, left);
      if (left < 0) breaks = true;
    }
    (breaks ? violating : others).push(pod);
  }
  return { violating, others };
}

/** Those that name it as disrupted already have paid for it. */
function budgetsOf(view: View, { pod, namespace }: PodInfo): KubeObject[] {
  const labels = pod.metadata.labels;
  if (!labels || Object.keys(labels).length === 0) return [];
  return view.list('policy/poddisruptionbudgets', namespace).filter((budget) => {
    const selector = selectorFor(budget.spec?.selector as LabelSelectorObject | undefined);
    if (selector.nothing || selector.requirements.length === 0 || !selector.matches(labels)) return false;
    return !Object.hasOwn(budget.status?.disruptedPods ?? {}, pod.metadata.name as string);
  });
}
