import { type Instant, toRfc3339 } from '../../core/instant.ts';
import { equalJson } from '../../core/json.ts';
import type { KubeObject } from '../../core/object.ts';
import { defineController, type Reconcile } from '../../machinery/controller.ts';
import { CONTROLLER_MANAGER } from '../shared/objects.ts';
import { refusal } from '../shared/refusal.ts';
import { selfButOwnReports } from '../shared/watches.ts';
import { type Advice, advise, surveyOf } from './advise.ts';
import { MetricError } from './calculator.ts';
import { Conditions } from './conditions.ts';
import { SYNC_PERIOD_MS, syncAt } from './grid.ts';
import { advised, caughtUp, freshMemory, type Memory, withScaleEvent } from './memory.ts';
import { type Behavior, normalize } from './normalize.ts';
import { type Target, targetOf } from './target.ts';
import { AUTOSCALERS, surroundings } from './watches.ts';

const COMPONENT = 'horizontal-pod-autoscaler';
/** Looks in a row that fail in the same way, until it takes a change to look again. */
const FAILURES_MAX = 20;

const memoryKey = (key: string): string => `hpa/${key}`;

/**
 * Looks at an HPA every fifteen seconds for as long as a look can come to something new; then it waits for a change.
 * Models pkg/controller/podautoscaler/horizontal.go.
 */
export const horizontalPodAutoscalerController = defineController({
  name: 'horizontalpodautoscaler',
  component: COMPONENT,
  manager: CONTROLLER_MANAGER,
  watches: [selfButOwnReports(AUTOSCALERS, COMPONENT), surroundings],
  reconcile,
});

function reconcile(context: Reconcile): Instant | undefined {
  const { key, view, now, api } = context;
  const hpa = view.get(key);
  const stored = view.runtime<Memory>(memoryKey(key));
  if (!hpa) {
    if (stored) api.setRuntime(memoryKey(key), undefined);
    return undefined;
  }
  // What its own writes set in motion within this instant is for the next look.
  const due = syncAt(hpa, stored && stored.at === now ? now + 1 : now);
  if (due > now) return due;
  const known = stored && stored.uid === hpa.metadata.uid ? stored : freshMemory(hpa.metadata.uid as string, now);
  const look = new Look(context, hpa, { ...known, runs: caughtUp(known, now, SYNC_PERIOD_MS), at: now });
  const memory = look.run();
  api.setRuntime(memoryKey(key), memory);
  if (memory.failures > 0 && memory.failures < FAILURES_MAX) return syncAt(hpa, now + 1);
  return look.next === undefined ? undefined : syncAt(hpa, Math.max(look.next, now + 1));
}

interface Decision {
  desired: number;
  rescale: boolean;
  reason: string;
  statuses: KubeObject[string][] | undefined;
}

/** One look at one HPA. */
class Look {
  /** When the next look may come to something else by itself. */
  next: Instant | undefined;
  private readonly conditions: Conditions;

  constructor(
    private readonly context: Reconcile,
    private readonly hpa: KubeObject,
    private memory: Memory,
  ) {
    this.conditions = new Conditions(hpa.status?.conditions ?? [], context.now);
  }

  run(): Memory {
    const { view, registry, record } = this.context;
    const target = targetOf(view, registry, this.hpa.metadata.namespace as string, this.hpa.spec.scaleTargetRef);
    if (typeof target === 'string') {
      record(this.hpa, 'Warning', 'FailedGetScale', target);
      this.conditions.set('AbleToScale', false, 'FailedGetScale', `the HPA controller was unable to get the target's current scale: ${target}`);
      this.report({});
      return this.failed();
    }
    this.conditions.set('AbleToScale', true, 'SucceededGetScale', "the HPA controller was able to get the target's current scale");
    if (this.memory.runs.length === 0) this.memory.runs = advised([], target.replicas, this.context.now);
    try {
      return this.follow(target, this.decide(target));
    } catch (error) {
      if (!(error instanceof MetricError)) throw error;
      this.report({ currentReplicas: target.replicas });
      record(this.hpa, 'Warning', 'FailedComputeMetricsReplicas', error.message);
      return this.failed();
    }
  }

  private readonly horizon = (at: Instant): void => {
    if (at > this.context.now && (this.next === undefined || at < this.next)) this.next = at;
  };

  private failed(): Memory {
    return { ...this.memory, advised: false, failures: Math.min(this.memory.failures + 1, FAILURES_MAX) };
  }

  private decide(target: Target): Decision {
    const { minReplicas: min = 1, maxReplicas: max } = this.hpa.spec;
    const { replicas: current } = target;
    const must = (desired: number, reason: string): Decision => ({ desired, rescale: true, reason, statuses: undefined });
    if (current === 0 && min !== 0) {
      this.conditions.set('ScalingActive', false, 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero');
      return { desired: 0, rescale: false, reason: '', statuses: undefined };
    }
    if (current > max) return must(max, 'Current number of replicas above Spec.MaxReplicas');
    if (current < min) return must(min, 'Current number of replicas below Spec.MinReplicas');
    return this.byMetrics(target, min, max);
  }

  private byMetrics(target: Target, min: number, max: number): Decision {
    const { now } = this.context;
    const behavior: Behavior | undefined = this.hpa.spec.behavior;
    const survey = surveyOf(target, behavior, now, this.horizon);
    const advice: Advice = advise(this.context, this.hpa, target, survey, this.conditions);
    const { replicas: current } = target;
    const wanted = { current, desired: advice.replicas, min, max, now, memory: this.memory, horizon: this.horizon };
    const { replicas, able, limited } = normalize(wanted, behavior);
    this.memory = { ...this.memory, runs: advised(this.memory.runs, advice.replicas, now) };
    this.conditions.set('AbleToScale', true, able.reason, able.message);
    this.conditions.set('ScalingLimited', limited.status, limited.reason, limited.message);
    const above = advice.replicas > current ? `${advice.metric} above target` : '';
    const reason = advice.replicas < current ? 'All metrics below target' : above;
    return { desired: replicas, rescale: replicas !== current, reason, statuses: advice.statuses };
  }

  private follow(target: Target, { desired, rescale, reason, statuses }: Decision): Memory {
    const { api, record, now } = this.context;
    const { replicas: current } = target;
    if (rescale) {
      const refused = refusal(() => api.update(target.scaled(desired), 'scale'));
      if (refused) {
        record(this.hpa, 'Warning', 'FailedRescale', `New size: ${desired}; reason: ${reason}; error: ${refused.message}`);
        this.conditions.set(
          'AbleToScale',
          false,
          'FailedUpdateScale',
          `the HPA controller was unable to update the target scale: ${refused.message}`,
        );
        this.report({ currentReplicas: current });
        return this.failed();
      }
      this.conditions.set('AbleToScale', true, 'SucceededRescale', `the HPA controller was able to update the target scale to ${desired}`);
      record(this.hpa, 'Normal', 'SuccessfulRescale', `New size: ${desired}; reason: ${reason}`);
    }
    const status = { currentReplicas: current, desiredReplicas: rescale ? desired : current, currentMetrics: statuses };
    this.report(rescale ? { ...status, lastScaleTime: toRfc3339(now) } : status);
    if (rescale) this.horizon(now + SYNC_PERIOD_MS);
    return { ...this.scaled(rescale ? desired - current : 0), advised: statuses !== undefined, failures: 0 };
  }

  /** Only a behaviour has rates to keep count for. */
  private scaled(change: number): Memory {
    const { now } = this.context;
    if (!this.hpa.spec.behavior || change === 0) return this.memory;
    if (change > 0) return { ...this.memory, ups: withScaleEvent(this.memory.ups, change, now) };
    return { ...this.memory, downs: withScaleEvent(this.memory.downs, -change, now) };
  }

  private report(changes: { currentReplicas?: number; desiredReplicas?: number; currentMetrics?: unknown; lastScaleTime?: string }): void {
    const { status } = this.hpa;
    const merged = { desiredReplicas: 0, ...status, ...changes, conditions: this.conditions.all };
    const next = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
    if (!equalJson(status, next)) this.context.api.updateStatus({ ...this.hpa, status: next });
  }
}
