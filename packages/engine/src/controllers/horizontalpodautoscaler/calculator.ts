import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import { amountOf } from '../../kinds/shared/pod-requests.ts';
import type { Pod } from '../shared/objects.ts';
import { podCondition } from '../shared/pods.ts';
import type { Milli } from './amounts.ts';

// Models pkg/controller/podautoscaler/replica_calculator.go and metrics/utilization.go.

/** --horizontal-pod-autoscaler-cpu-initialization-period and -initial-readiness-delay of kube-controller-manager. */
const CPU_INITIALIZATION_MS = 300_000;
const INITIAL_READINESS_MS = 30_000;

export interface Sample {
  value: Milli;
  at: Instant;
  windowMs: number;
}

export type Samples = Map<string, Sample>;

export interface Tolerance {
  up: number;
  down: number;
}

/** What a calculation needs besides the figures. */
export interface Survey {
  pods: readonly Pod[];
  now: Instant;
  tolerance: Tolerance;
  /** Told of instants at which the outcome may change by itself. */
  horizon: (at: Instant) => void;
}

export interface Outcome {
  replicas: number;
  /** Percent of the request, where that is the measure. */
  utilization?: number;
  /** Average of a pod. */
  average: Milli;
}

/** Why there is no outcome, in upstream's words. */
export class MetricError extends Error {}

interface Groups {
  ready: number;
  unready: Set<string>;
  missing: Set<string>;
  ignored: Set<string>;
}

function groupPods({ pods, now, horizon }: Survey, samples: Samples, resource: string): Groups {
  const groups: Groups = { ready: 0, unready: new Set(), missing: new Set(), ignored: new Set() };
  for (const pod of pods) {
    const { name, deletionTimestamp } = pod.metadata;
    const sample = samples.get(name);
    if (deletionTimestamp !== undefined || pod.status?.phase === 'Failed') groups.ignored.add(name);
    else if (pod.status?.phase === 'Pending') groups.unready.add(name);
    else if (!sample) groups.missing.add(name);
    else if (resource === 'cpu' && isUnready(pod, sample, now, horizon)) groups.unready.add(name);
    else groups.ready++;
  }
  return groups;
}

/** The CPU that a pod needs to start says nothing of the load. */
function isUnready(pod: Pod, sample: Sample, now: Instant, horizon: (at: Instant) => void): boolean {
  const condition = podCondition(pod, 'Ready');
  const startedAt = parseRfc3339(pod.status?.startTime ?? '');
  const changedAt = parseRfc3339(condition?.lastTransitionTime ?? '');
  if (!condition || startedAt === undefined || changedAt === undefined) return true;
  if (startedAt + CPU_INITIALIZATION_MS > now) {
    const early = sample.at < changedAt + sample.windowMs;
    if (condition.status === 'False') horizon(startedAt + CPU_INITIALIZATION_MS);
    else if (early) horizon(Math.max(now + 1, changedAt + sample.windowMs));
    return condition.status === 'False' || early;
  }
  return condition.status === 'False' && startedAt + INITIAL_READINESS_MS > changedAt;
}

interface Ratio {
  ratio: number;
  average: Milli;
  utilization?: number;
}

const within = (ratio: number, { up, down }: Tolerance): boolean => ratio >= 1 - down && ratio <= 1 + up;

/** What both kinds of target share: pods that do not count, pods without figures, and changes too small to matter. */
function propose(
  survey: Survey,
  samples: Samples,
  resource: string,
  current: number,
  rate: (samples: Samples) => Ratio,
  assumed: (pod: string) => Milli,
): Outcome {
  if (survey.pods.length === 0) throw new MetricError('no pods returned by selector while calculating replica count');
  const groups = groupPods(survey, samples, resource);
  const counted: Samples = new Map([...samples].filter(([name]) => !groups.ignored.has(name) && !groups.unready.has(name)));
  if (counted.size === 0) throw new MetricError('did not receive metrics for targeted pods (pods might be unready)');
  const { ratio, ...shown } = rate(counted);
  const stay: Outcome = { ...shown, replicas: current };
  const rebalance = groups.unready.size > 0 && ratio > 1;
  if (!rebalance && groups.missing.size === 0) {
    return within(ratio, survey.tolerance) ? stay : { ...shown, replicas: Math.ceil(ratio * groups.ready) };
  }
  const filled: Samples = new Map(counted);
  const fill = (names: Iterable<string>, value: (name: string) => Milli): void => {
    for (const name of names) filled.set(name, { value: value(name), at: survey.now, windowMs: 0 });
  };
  if (ratio < 1) fill(groups.missing, assumed);
  else if (ratio > 1) fill(groups.missing, () => 0);
  if (rebalance) fill(groups.unready, () => 0);
  const { ratio: next } = rate(filled);
  if (within(next, survey.tolerance) || (ratio < 1 && next > 1) || (ratio > 1 && next < 1)) return stay;
  const replicas = Math.ceil(next * filled.size);
  if ((next < 1 && replicas > current) || (next > 1 && replicas < current)) return stay;
  return { ...shown, replicas };
}

/** Against a percentage of what the pods request. Models GetResourceReplicas. */
export function utilizationReplicas(
  survey: Survey,
  samples: Samples,
  current: number,
  targetPercent: number,
  resource: string,
  container: string,
): Outcome {
  const requests = requestsOf(survey.pods, resource, container);
  const rate = (counted: Samples): Ratio => {
    let used = 0;
    let requested = 0;
    let entries = 0;
    for (const [name, { value }] of counted) {
      const request = requests.get(name);
      if (request === undefined) continue;
      used += value;
      requested += request;
      entries++;
    }
    if (requested === 0) throw new MetricError('no metrics returned matched known pods');
    const utilization = Math.trunc((used * 100) / requested);
    return { ratio: utilization / targetPercent, utilization, average: Math.trunc(used / entries) };
  };
  return propose(survey, samples, resource, current, rate, (name) => Math.trunc(((requests.get(name) ?? 0) * Math.max(100, targetPercent)) / 100));
}

/** Against an amount for each pod. Models calcPlainMetricReplicas. */
export function averageReplicas(survey: Survey, samples: Samples, current: number, target: Milli, resource: string): Outcome {
  const rate = (counted: Samples): Ratio => {
    const total = [...counted.values()].reduce((sum, { value }) => sum + value, 0);
    const average = Math.trunc(total / counted.size);
    return { ratio: average / target, average };
  };
  return propose(survey, samples, resource, current, rate, () => target);
}

function requestsOf(pods: readonly Pod[], resource: string, container: string): Map<string, Milli> {
  const requests = new Map<string, Milli>();
  for (const pod of pods) {
    const sidecars = (pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
    let sum = 0;
    for (const { name, resources } of [...(pod.spec?.containers ?? []), ...sidecars]) {
      if (container !== '' && name !== container) continue;
      const request = resources?.requests?.[resource];
      if (request === undefined) throw new MetricError(`missing request for ${resource} in container ${name} of Pod ${pod.metadata.name}`);
      sum += amountOf(resource, request) * (resource === 'cpu' ? 1 : 1000);
    }
    requests.set(pod.metadata.name, sum);
  }
  return requests;
}

/** Against one figure for all of them. Models getUsageRatioReplicaCount. */
export function totalReplicas({ pods, tolerance }: Survey, current: number, ratio: number): number {
  if (current === 0) return Math.ceil(ratio);
  if (within(ratio, tolerance)) return current;
  if (pods.length === 0) throw new MetricError('unable to calculate ready pods: no pods returned by selector while calculating replica count');
  const ready = pods.filter((pod) => pod.status?.phase === 'Running' && podCondition(pod, 'Ready')?.status === 'True').length;
  return Math.ceil(ratio * ready);
}

/** One figure for all, of which every pod takes its part. Models GetObjectPerPodMetricReplicas. */
export function shareReplicas({ tolerance }: Survey, statusReplicas: number, value: Milli, target: Milli): Outcome {
  const ratio = value / (target * statusReplicas);
  const replicas = within(ratio, tolerance) ? statusReplicas : Math.ceil(value / target);
  return { replicas, average: Math.ceil(value / statusReplicas) };
}
