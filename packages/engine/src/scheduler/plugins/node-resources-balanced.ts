import { NODE_SCORE_MAX, type Plugin } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';
import { scoreEach } from './scores.ts';

/** Prefers nodes where cpu and memory fill up evenly. Models pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go. */
export const nodeResourcesBalanced: Plugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  score: ({ pod }, nodes) => {
    const bestEffort = pod.milliCpu === 0 && pod.memoryBytes === 0;
    return bestEffort ? undefined : scoreEach(nodes, (node) => balance(pod, node));
  },
};

/** With two fractions the standard deviation is half their distance. */
function balance(pod: PodInfo, node: NodeInfo): number {
  if (node.allocatableMilliCpu === 0 || node.allocatableMemoryBytes === 0) return NODE_SCORE_MAX;
  const cpu = Math.min(1, (node.requestedMilliCpu + pod.milliCpu) / node.allocatableMilliCpu);
  const memory = Math.min(1, (node.requestedMemoryBytes + pod.memoryBytes) / node.allocatableMemoryBytes);
  return Math.floor((1 - Math.abs(cpu - memory) / 2) * NODE_SCORE_MAX);
}
