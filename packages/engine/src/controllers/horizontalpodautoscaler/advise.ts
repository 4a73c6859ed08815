import type { Instant } from '../../core/instant.ts';
import type { KubeObject } from '../../core/object.ts';
import { nano } from '../../kinds/shared/quantity.ts';
import type { Reconcile } from '../../machinery/controller.ts';
import type { Pod } from '../shared/objects.ts';
import { MetricError, type Survey } from './calculator.ts';
import type { Conditions } from './conditions.ts';
import type { Behavior } from './normalize.ts';
import { type Proposal, SOURCES } from './proposals.ts';
import { type Target, targetOf } from './target.ts';

type Part = KubeObject[string];

export interface Advice {
  replicas: number;
  metric: string;
  statuses: Part[];
}

/** Models --horizontal-pod-autoscaler-tolerance. */
const TOLERANCE = 0.1;

const toleranceOf = (text: string | undefined): number => (text === undefined ? TOLERANCE : Number(nano(text)) / 1e9);

export const surveyOf = (target: Target, behavior: Behavior | undefined, now: Instant, horizon: (at: Instant) => void): Survey => ({
  pods: target.pods ?? [],
  now,
  tolerance: { up: toleranceOf(behavior?.scaleUp.tolerance), down: toleranceOf(behavior?.scaleDown.tolerance) },
  horizon,
});

/**
 * The most that any metric asks for; throws MetricError where too few of them can be had. Models computeReplicasForMetrics.
 */
export function advise(context: Reconcile, hpa: KubeObject, target: Target, survey: Survey, conditions: Conditions): Advice {
  if (!target.pods) {
    context.record(hpa, 'Warning', 'SelectorRequired', 'selector is required');
    conditions.set('ScalingActive', false, 'InvalidSelector', "the HPA target's scale is missing a selector");
    throw new MetricError('selector is required');
  }
  const rivals = rivalsOf(context, hpa, target.pods);
  if (rivals.length > 0) {
    const message = `pods by selector ${target.selector} are controlled by multiple HPAs: [${rivals.join(' ')}]`;
    context.record(hpa, 'Warning', 'AmbiguousSelector', message);
    conditions.set('ScalingActive', false, 'AmbiguousSelector', message);
    throw new MetricError(message);
  }
  const proposals: Proposal[] = [];
  const failures: { reason: string; message: string; whole: string }[] = [];
  const metrics: Part[] = hpa.spec.metrics ?? [];
  for (const metric of metrics) {
    const source = SOURCES.get(metric.type);
    if (!source) continue;
    try {
      proposals.push(source.propose({ view: context.view, registry: context.registry, hpa, target, survey }, metric));
    } catch (error) {
      if (!(error instanceof MetricError)) throw error;
      context.record(hpa, 'Warning', source.failure, error.message);
      failures.push({ reason: source.failure, message: error.message, whole: source.prefix(metric) + error.message });
    }
  }
  const best = proposals.reduce<Proposal | undefined>((top, each) => (!top || each.replicas > top.replicas ? each : top), undefined);
  const [failure] = failures;
  if (failure && (!best || best.replicas < target.replicas)) {
    conditions.set('ScalingActive', false, failure.reason, `the HPA was unable to compute the replica count: ${failure.message}`);
    throw new MetricError(`invalid metrics (${failures.length} invalid out of ${metrics.length}), first error is: ${failure.whole}`);
  }
  if (!best) throw new MetricError('no metrics');
  conditions.set('ScalingActive', true, 'ValidMetricFound', `the HPA was able to successfully calculate a replica count from ${best.metric}`);
  return { replicas: best.replicas, metric: best.metric, statuses: proposals.map(({ status }) => status) };
}

/** Every HPA that works on the same pods, this one included, where there are several. */
function rivalsOf({ view, registry }: Reconcile, hpa: KubeObject, pods: readonly Pod[]): string[] {
  const namespace = hpa.metadata.namespace as string;
  const others = view.list('autoscaling/horizontalpodautoscalers', namespace).filter((other) => other.metadata.name !== hpa.metadata.name);
  if (others.length === 0 || pods.length === 0) return [];
  const ours = new Set(pods.map((pod) => pod.metadata.name));
  const rivals = others.filter((other) => {
    const target = targetOf(view, registry, namespace, other.spec.scaleTargetRef);
    return typeof target !== 'string' && target.pods?.some((pod) => ours.has(pod.metadata.name));
  });
  return rivals.length === 0 ? [] : [hpa, ...rivals].map(({ metadata }) => `${namespace}/${metadata.name}`).sort();
}
