import type { Deployment, ReplicaSet } from '../shared/objects.ts';

/** Small objects for the tables of this folder. */
export const deployment = (spec: object, status: object = {}, metadata: object = {}): Deployment =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', uid: 'd', generation: 1, ...metadata },
    spec: { replicas: 3, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }, ...spec },
    status,
  }) as unknown as Deployment;

export interface SetShape {
  size: number;
  available?: number;
  actual?: number;
  bornAt?: number;
  annotations?: Record<string, string>;
}

export const replicaSet = (name: string, { size, available = size, actual = size, bornAt = 0, annotations = {} }: SetShape): ReplicaSet =>
  ({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, uid: name, generation: 1, creationTimestamp: `2026-01-01T00:00:${String(bornAt).padStart(2, '0')}Z`, annotations },
    spec: { replicas: size },
    status: { replicas: actual, readyReplicas: available, availableReplicas: available, observedGeneration: 1, terminatingReplicas: 0 },
  }) as unknown as ReplicaSet;
