import type { TopologySpreadConstraint } from '@vivakube/schema/types/core.v1';
import { formatSelector, type LabelSelectorObject, type Selector, selectorFor } from '../../../machinery/selector/index.ts';
import { withLabelKeys } from '../../affinity-terms.ts';
import type { SlotCounts } from '../../counters.ts';
import type { Cycle } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { PodInfo } from '../../pod-info.ts';
import { selectsNode } from '../node-selection.ts';
import { isTolerated } from '../taints.ts';
import { ownersSelector } from './owners-selector.ts';

/** A constraint made ready for one pod. */
export interface Constraint {
  topologyKey: string;
  maxSkew: number;
  minDomains: number;
  selector: Selector;
  /** Nodes whose pods count; all of them where absent. */
  includes: ((node: NodeInfo) => boolean) | undefined;
}

/** Constraints of pods that have none themselves, where the scheduler is told any. */
export type Defaults = readonly TopologySpreadConstraint[] | undefined;
type When = 'DoNotSchedule' | 'ScheduleAnyway';

/** The pod's own constraints, or those that the scheduler has for such pods. Models buildDefaultConstraints. */
export function constraintsFor(cycle: Cycle, when: When, defaults: Defaults): Constraint[] {
  if (!defaults || cycle.pod.pod.spec.topologySpreadConstraints?.length) return constraintsOf(cycle.pod, when);
  const wanted = defaults.filter((constraint) => constraint.whenUnsatisfiable === when);
  const selector = wanted.length > 0 ? ownersSelector(cycle) : undefined;
  if (!selector) return [];
  const includes = inclusion(cycle.pod, {} as TopologySpreadConstraint);
  return wanted.map(({ topologyKey, maxSkew, minDomains = 1 }) => ({ topologyKey, maxSkew, minDomains, selector, includes }));
}

function constraintsOf(pod: PodInfo, when: When): Constraint[] {
  const wanted = (pod.pod.spec.topologySpreadConstraints ?? []).filter((c) => c.whenUnsatisfiable === when);
  return wanted.map((constraint) => ({
    topologyKey: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    minDomains: constraint.minDomains ?? 1,
    selector: withLabelKeys(selectorFor(constraint.labelSelector as LabelSelectorObject | undefined), pod.pod, constraint.matchLabelKeys),
    includes: inclusion(pod, constraint),
  }));
}

function inclusion(pod: PodInfo, { nodeAffinityPolicy, nodeTaintsPolicy }: TopologySpreadConstraint): ((node: NodeInfo) => boolean) | undefined {
  const { spec } = pod.pod;
  const selects = nodeAffinityPolicy !== 'Ignore' && (spec.nodeSelector !== undefined || spec.affinity?.nodeAffinity !== undefined);
  const honours = nodeTaintsPolicy === 'Honor';
  if (!selects && !honours) return undefined;
  const tolerations = spec.tolerations ?? [];
  return (node) => (!selects || selectsNode(spec, node)) && (!honours || node.hardTaints.every((taint) => isTolerated(taint, tolerations)));
}

/** Models systemDefaultConstraints: without constraints of its own, a workload is gently spread over zones and nodes. */
export function defaultConstraints(cycle: Cycle): Constraint[] {
  if (cycle.pod.pod.spec.topologySpreadConstraints?.length) return [];
  const selector = ownersSelector(cycle);
  if (!selector) return [];
  const includes = inclusion(cycle.pod, {} as TopologySpreadConstraint);
  return [
    { topologyKey: 'kubernetes.io/hostname', maxSkew: 3, minDomains: 1, selector, includes },
    { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5, minDomains: 1, selector, includes },
  ];
}

/** An empty selector counts nobody, although it would select everybody. Models countPodsMatchSelector. */
const isStaying = ({ pod }: PodInfo, selector: Selector): boolean =>
  !selector.everything && pod.metadata.deletionTimestamp === undefined && selector.matches(pod.metadata.labels);

/** Whether a pod is one of those that a constraint counts. */
export const counts = (cycle: Cycle, selector: Selector, pod: PodInfo): boolean => pod.namespace === cycle.pod.namespace && isStaying(pod, selector);

/** Pods of the constraint's selection on each node, those on their way out left aside. */
export const selectedPods = ({ cache, pod }: Cycle, selector: Selector): SlotCounts =>
  cache.counters.counter(selectionText(selector), [pod.namespace], (other) => isStaying(other, selector));

const texts = new WeakMap<Selector, string>();

function selectionText(selector: Selector): string {
  let text = texts.get(selector);
  if (text === undefined) {
    text = `spread|${selector.nothing}|${selector.everything}|${formatSelector(selector)}`;
    texts.set(selector, text);
  }
  return text;
}
