import type { Instant } from '../../core/instant.ts';
import type { Memory, ScaleEvent } from './memory.ts';

// Models the normalisation in pkg/controller/podautoscaler/horizontal.go.

export interface ScalingPolicy {
  type: 'Pods' | 'Percent';
  value: number;
  periodSeconds: number;
}

export interface ScalingRules {
  stabilizationWindowSeconds?: number;
  selectPolicy?: 'Max' | 'Min' | 'Disabled';
  policies?: ScalingPolicy[];
  tolerance?: string;
}

export interface Behavior {
  scaleUp: ScalingRules;
  scaleDown: ScalingRules;
}

export interface Wanted {
  current: number;
  desired: number;
  min: number;
  max: number;
  now: Instant;
  memory: Memory;
  /** Told of instants at which the answer may change by itself. */
  horizon: (at: Instant) => void;
}

export interface Verdict {
  reason: string;
  message: string;
}

export interface Normalized {
  replicas: number;
  able: Verdict;
  limited: Verdict & { status: boolean };
}

/** Models --horizontal-pod-autoscaler-downscale-stabilization. */
const DOWNSCALE_WINDOW_SECONDS = 300;

const READY: Verdict = { reason: 'ReadyForNewScale', message: 'recommended size matches current size' };
const DOWN: Verdict = {
  reason: 'ScaleDownStabilized',
  message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
};
const UP: Verdict = {
  reason: 'ScaleUpStabilized',
  message: 'recent recommendations were lower than current one, applying the lowest recent recommendation',
};
const IN_RANGE: Verdict = { reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range' };
const TOO_FEW: Verdict = { reason: 'TooFewReplicas', message: 'the desired replica count is less than the minimum replica count' };
const TOO_MANY: Verdict = { reason: 'TooManyReplicas', message: 'the desired replica count is more than the maximum replica count' };
const UP_LIMIT: Verdict = { reason: 'ScaleUpLimit', message: 'the desired replica count is increasing faster than the maximum scale rate' };
const DOWN_LIMIT: Verdict = { reason: 'ScaleDownLimit', message: 'the desired replica count is decreasing faster than the maximum scale rate' };

interface Limited {
  replicas: number;
  verdict: Verdict;
}

/** Recommendations that are still in a window. */
function recent(wanted: Wanted, windowMs: number, strict: boolean): number[] {
  const { desired, now, horizon } = wanted;
  const found: number[] = [];
  for (const { value, to } of wanted.memory.runs) {
    const leavesAt = to + windowMs + (strict ? 0 : 1);
    if (leavesAt <= now) continue;
    if (value !== desired) horizon(leavesAt);
    found.push(value);
  }
  return found;
}

/** The highest recommendation of five minutes, the newest included. Models stabilizeRecommendation. */
const plainStabilized = (wanted: Wanted): number => Math.max(wanted.desired, ...recent(wanted, DOWNSCALE_WINDOW_SECONDS * 1000, false));

/** As near to the present size as the recommendations of both windows let it be. Models stabilizeRecommendationWithBehaviors. */
function stabilized(wanted: Wanted, { scaleUp, scaleDown }: Behavior): number {
  const up = Math.min(wanted.desired, ...recent(wanted, (scaleUp.stabilizationWindowSeconds ?? 0) * 1000, true));
  const down = Math.max(wanted.desired, ...recent(wanted, (scaleDown.stabilizationWindowSeconds ?? DOWNSCALE_WINDOW_SECONDS) * 1000, true));
  return Math.min(Math.max(wanted.current, up), down);
}

/** Without a behaviour: up to twice the size at once. Models convertDesiredReplicasWithRules. */
function plainLimit({ current, min, max }: Wanted, desired: number): Limited {
  const upLimit = Math.max(2 * current, 4);
  const [allowed, verdict] = max > upLimit ? [upLimit, UP_LIMIT] : [max, TOO_MANY];
  if (desired < min) return { replicas: min, verdict: TOO_FEW };
  return desired > allowed ? { replicas: allowed, verdict } : { replicas: desired, verdict: IN_RANGE };
}

function changeWithin(events: readonly ScaleEvent[], { periodSeconds }: ScalingPolicy, now: Instant, horizon: (at: Instant) => void): number {
  let sum = 0;
  for (const { at, change } of events) {
    if (at <= now - periodSeconds * 1000) continue;
    sum += change;
    horizon(at + periodSeconds * 1000);
  }
  return sum;
}

/** The size at the beginning of a policy's period. */
function sizeBefore({ current, now, memory, horizon }: Wanted, policy: ScalingPolicy): number {
  return current - changeWithin(memory.ups, policy, now, horizon) + changeWithin(memory.downs, policy, now, horizon);
}

function upLimit(wanted: Wanted, { selectPolicy, policies = [] }: ScalingRules): number {
  if (selectPolicy === 'Disabled') return wanted.current;
  const proposals = policies.map((policy) => {
    const start = sizeBefore(wanted, policy);
    return policy.type === 'Pods' ? start + policy.value : Math.ceil(start * (1 + policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.min(...proposals) : Math.max(...proposals);
}

function downLimit(wanted: Wanted, { selectPolicy, policies = [] }: ScalingRules): number {
  if (selectPolicy === 'Disabled') return wanted.current;
  const proposals = policies.map((policy) => {
    const start = sizeBefore(wanted, policy);
    return policy.type === 'Pods' ? start - policy.value : Math.trunc(start * (1 - policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.max(...proposals) : Math.min(...proposals);
}

function behaviorLimit(wanted: Wanted, desired: number, { scaleUp, scaleDown }: Behavior): Limited {
  const { current, min, max } = wanted;
  if (desired > current) {
    const limit = Math.max(current, upLimit(wanted, scaleUp));
    const [allowed, verdict] = max > limit ? [limit, UP_LIMIT] : [max, TOO_MANY];
    if (desired > allowed) return { replicas: allowed, verdict };
  } else if (desired < current) {
    const limit = Math.min(current, downLimit(wanted, scaleDown));
    const [allowed, verdict] = min < limit ? [limit, DOWN_LIMIT] : [min, TOO_FEW];
    if (desired < allowed) return { replicas: allowed, verdict };
  }
  return { replicas: desired, verdict: IN_RANGE };
}

/** How far a recommendation may be followed now, and what to say of it. */
export function normalize(wanted: Wanted, behavior: Behavior | undefined): Normalized {
  const steady = behavior ? stabilized(wanted, behavior) : plainStabilized(wanted);
  const { replicas, verdict } = behavior ? behaviorLimit(wanted, steady, behavior) : plainLimit(wanted, steady);
  const held = behavior && wanted.desired >= wanted.current ? UP : DOWN;
  return { replicas, able: steady === wanted.desired ? READY : held, limited: { ...verdict, status: replicas !== steady } };
}
