import { NODE_SCORE_MAX } from '../../framework.ts';
import type { NodeInfo } from '../../node-info.ts';
import type { PodInfo } from '../../pod-info.ts';

export interface ResourceWeight {
  name: string;
  weight: number;
}

export interface ShapePoint {
  /** Percent of what a node has. */
  utilization: number;
  /** From 0 to 10. */
  score: number;
}

/** Points for one resource of a node, given what would be asked of it and what it has. */
export interface Strategy {
  points: (requested: number, allocatable: number) => number;
  total: (sum: number, weights: number) => number;
  /** Resources without any points do not count. */
  onlyScored?: boolean;
}

const SCORE_STEP = 10;

// Models least_allocated.go, most_allocated.go and requested_to_capacity_ratio.go of pkg/scheduler/framework/plugins/noderesources.
const least: Strategy = {
  points: (requested, allocatable) => (requested > allocatable ? 0 : Math.floor(((allocatable - requested) * NODE_SCORE_MAX) / allocatable)),
  total: (sum, weights) => Math.floor(sum / weights),
};

const most: Strategy = {
  points: (requested, allocatable) => Math.floor((Math.min(requested, allocatable) * NODE_SCORE_MAX) / allocatable),
  total: (sum, weights) => Math.floor(sum / weights),
};

const byShape = (shape: readonly ShapePoint[]): Strategy => ({
  points: (requested, allocatable) => along(shape, requested > allocatable ? 100 : Math.floor((requested * 100) / allocatable)),
  total: (sum, weights) => Math.round(sum / weights),
  onlyScored: true,
});

/** Models BuildBrokenLinearFunction. */
function along(shape: readonly ShapePoint[], utilization: number): number {
  const at = shape.findIndex((point) => utilization <= point.utilization);
  if (at < 0) return (shape.at(-1) as ShapePoint).score * SCORE_STEP;
  const right = shape[at] as ShapePoint;
  if (at === 0) return right.score * SCORE_STEP;
  const left = shape[at - 1] as ShapePoint;
  const rise = ((right.score - left.score) * SCORE_STEP * (utilization - left.utilization)) / (right.utilization - left.utilization);
  return left.score * SCORE_STEP + Math.trunc(rise);
}

export function strategyOf(type: string, shape: readonly ShapePoint[] | undefined): Strategy | undefined {
  if (type === 'LeastAllocated') return least;
  if (type === 'MostAllocated') return most;
  return type === 'RequestedToCapacityRatio' && shape ? byShape(shape) : undefined;
}

export const CPU_AND_MEMORY: readonly ResourceWeight[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
];

/** Models resourceAllocationScorer.score. */
export function scoreWith({ points, total, onlyScored }: Strategy, resources: readonly ResourceWeight[], pod: PodInfo, node: NodeInfo): number {
  let sum = 0;
  let weights = 0;
  for (const { name, weight } of resources) {
    const [requested, allocatable] = amountsOf(name, pod, node, true);
    if (allocatable === 0) continue;
    const scored = points(requested, allocatable);
    if (onlyScored && scored <= 0) continue;
    sum += scored * weight;
    weights += weight;
  }
  return weights === 0 ? 0 : total(sum, weights);
}

/** What would be asked of a node, and what it has; nothing of extended resources that the pod does not ask for. */
export function amountsOf(name: string, pod: PodInfo, node: NodeInfo, presumed: boolean): [requested: number, allocatable: number] {
  switch (name) {
    case 'cpu':
      return presumed
        ? [node.scoredMilliCpu + pod.scoredMilliCpu, node.allocatableMilliCpu]
        : [node.requestedMilliCpu + pod.milliCpu, node.allocatableMilliCpu];
    case 'memory':
      return presumed
        ? [node.scoredMemoryBytes + pod.scoredMemoryBytes, node.allocatableMemoryBytes]
        : [node.requestedMemoryBytes + pod.memoryBytes, node.allocatableMemoryBytes];
    case 'ephemeral-storage':
      return [node.requestedEphemeralBytes + pod.ephemeralBytes, node.allocatableEphemeralBytes];
    default: {
      const wanted = pod.scalars?.get(name) ?? 0;
      return wanted === 0 ? [0, 0] : [(node.requestedScalars.get(name) ?? 0) + wanted, node.allocatable.get(name) ?? 0];
    }
  }
}

/** Everything that a pod asks of a node, and what it is presumed to use. */
export const requestsText = ({ milliCpu, memoryBytes, ephemeralBytes, scalars, scoredMilliCpu, scoredMemoryBytes }: PodInfo): string =>
  `${milliCpu},${memoryBytes},${ephemeralBytes},${scoredMilliCpu},${scoredMemoryBytes}${scalars ? JSON.stringify([...scalars]) : ''}`;
