import { parseRfc3339 } from '../../core/instant.ts';
import type { ReplicaSet } from '../shared/objects.ts';
import { revisionOf } from './annotations.ts';

/** A Deployment's ReplicaSets: the one of the current template, if there is one, and the others. */
export interface Sets {
  current: ReplicaSet | undefined;
  old: readonly ReplicaSet[];
}

export const allOf = ({ current, old }: Sets): ReplicaSet[] => (current ? [...old, current] : [...old]);

export const sizeOf = (set: ReplicaSet): number => set.spec.replicas ?? 0;
export const availableOf = (set: ReplicaSet): number => set.status?.availableReplicas ?? 0;
export const sum = (sets: readonly ReplicaSet[], figure: (set: ReplicaSet) => number): number => sets.reduce((total, set) => total + figure(set), 0);
export const active = (sets: readonly ReplicaSet[]): ReplicaSet[] => sets.filter((set) => sizeOf(set) > 0);

const createdAt = (set: ReplicaSet): number => parseRfc3339(set.metadata.creationTimestamp) ?? 0;
const byName = (a: ReplicaSet, b: ReplicaSet): number => (a.metadata.name < b.metadata.name ? -1 : 1);

// Models the ReplicaSetsBy... orders of pkg/controller/controller_utils.go.
export const oldestFirst = (sets: readonly ReplicaSet[]): ReplicaSet[] => [...sets].sort((a, b) => createdAt(a) - createdAt(b) || byName(a, b));
export const newestFirst = (sets: readonly ReplicaSet[]): ReplicaSet[] => oldestFirst(sets).reverse();
export const largestOldestFirst = (sets: readonly ReplicaSet[]): ReplicaSet[] => oldestFirst(sets).sort((a, b) => sizeOf(b) - sizeOf(a));
export const largestNewestFirst = (sets: readonly ReplicaSet[]): ReplicaSet[] => newestFirst(sets).sort((a, b) => sizeOf(b) - sizeOf(a));
export const lowestRevisionFirst = (sets: readonly ReplicaSet[]): ReplicaSet[] => oldestFirst(sets).sort((a, b) => revisionOf(a) - revisionOf(b));

/** A new size for one ReplicaSet. */
export interface Resize {
  set: ReplicaSet;
  replicas: number;
}
