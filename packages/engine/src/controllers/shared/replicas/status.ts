import type { ReplicaSetCondition } from '@vivakube/schema/types/apps.v1';
import type { Instant } from '../../../core/instant.ts';
import { toRfc3339 } from '../../../core/instant.ts';
import { omitEmpty } from '../omit.ts';
import { availableFrom } from '../pods.ts';
import type { Replica } from './controlled.ts';

// Models calculateStatus in pkg/controller/replicaset/replica_set_utils.go.

export interface ReplicaFailure {
  reason: 'FailedCreate' | 'FailedDelete';
  message: string;
}

export interface ReplicaFigures {
  generation: number;
  minReadySeconds: number;
  templateLabels: Record<string, string>;
  active: readonly Replica[];
  /** Undefined where the kind does not report it. */
  terminatingCount: number | undefined;
  failure: ReplicaFailure | undefined;
  conditions: readonly ReplicaSetCondition[];
}

export interface ReplicaStatus {
  replicas: number;
  fullyLabeledReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  terminatingReplicas?: number;
  observedGeneration?: number;
  conditions?: ReplicaSetCondition[];
}

const carries = (labels: Record<string, string>, wanted: readonly [string, string][]): boolean =>
  wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);

const FAILURE = 'ReplicaFailure';

/** The first failure stays as it was reported until it is over. */
function failureConditions({ conditions, failure }: ReplicaFigures, now: Instant): ReplicaSetCondition[] {
  const known = conditions.find((condition) => condition.type === FAILURE);
  if (failure && known) return [...conditions];
  const others = conditions.filter((condition) => condition.type !== FAILURE);
  if (!failure) return others;
  return [...others, { type: FAILURE, status: 'True', lastTransitionTime: toRfc3339(now), reason: failure.reason, message: failure.message }];
}

/** The status, and when the next ready pod becomes available. */
export function replicaStatus(figures: ReplicaFigures, now: Instant): { status: ReplicaStatus; nextAvailableAt: Instant | undefined } {
  const wanted = Object.entries(figures.templateLabels);
  let fullyLabeledReplicas = 0;
  let readyReplicas = 0;
  let availableReplicas = 0;
  let nextAvailableAt: Instant | undefined;
  for (const { pod, isReady } of figures.active) {
    if (carries(pod.metadata.labels ?? {}, wanted)) fullyLabeledReplicas++;
    if (!isReady) continue;
    readyReplicas++;
    const from = availableFrom(pod, figures.minReadySeconds);
    if (from === undefined) continue;
    if (from <= now) availableReplicas++;
    else if (nextAvailableAt === undefined || from < nextAvailableAt) nextAvailableAt = from;
  }
  const status: ReplicaStatus = {
    replicas: figures.active.length,
    ...omitEmpty({ fullyLabeledReplicas, readyReplicas, availableReplicas }),
    ...(figures.terminatingCount === undefined ? {} : { terminatingReplicas: figures.terminatingCount }),
    ...omitEmpty({ observedGeneration: figures.generation, conditions: failureConditions(figures, now) }),
  };
  return { status, nextAvailableAt };
}
