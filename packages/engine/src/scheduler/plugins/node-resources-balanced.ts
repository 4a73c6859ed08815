import { NODE_SCORE_MAX, type Plugin } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';
import { amountsOf, requestsText } from './resources/strategy.ts';

/** Prefers nodes where resources fill up evenly. Models pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go. */
export const nodeResourcesBalancedWith = (resources: readonly string[] = ['cpu', 'memory']): Plugin => {
  const plain = resources.length === 2 && resources.includes('cpu') && resources.includes('memory');
  return {
    name: 'NodeResourcesBalancedAllocation',
    weight: 1,
    sign: requestsText,
    rate: ({ pod }) => {
      if (plain) return pod.milliCpu === 0 && pod.memoryBytes === 0 ? undefined : (node) => balance(pod, node);
      return asksForAny(pod, resources) ? (node) => evenness(pod, node, resources) : undefined;
    },
  };
};

export const nodeResourcesBalanced = nodeResourcesBalancedWith();

/** With two fractions the standard deviation is half their distance. */
function balance(pod: PodInfo, node: NodeInfo): number {
  if (node.allocatableMilliCpu === 0 || node.allocatableMemoryBytes === 0) return NODE_SCORE_MAX;
  const cpu = Math.min(1, (node.requestedMilliCpu + pod.milliCpu) / node.allocatableMilliCpu);
  const memory = Math.min(1, (node.requestedMemoryBytes + pod.memoryBytes) / node.allocatableMemoryBytes);
  return Math.floor((1 - Math.abs(cpu - memory) / 2) * NODE_SCORE_MAX);
}

const asksForAny = (pod: PodInfo, resources: readonly string[]): boolean =>
  resources.some(
    (name) =>
      (name === 'cpu'
        ? pod.milliCpu
        : name === 'memory'
          ? pod.memoryBytes
          : name === 'ephemeral-storage'
            ? pod.ephemeralBytes
            : (pod.scalars?.get(name) ?? 0)) > 0,
  );

/** Models balancedResourceScorer. */
function evenness(pod: PodInfo, node: NodeInfo, resources: readonly string[]): number {
  const fractions: number[] = [];
  for (const name of resources) {
    const [requested, allocatable] = amountsOf(name, pod, node, false);
    if (allocatable > 0) fractions.push(Math.min(1, requested / allocatable));
  }
  if (fractions.length < 2) return NODE_SCORE_MAX;
  const mean = fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
  const deviation = Math.sqrt(fractions.reduce((sum, fraction) => sum + (fraction - mean) ** 2, 0) / fractions.length);
  return Math.floor((1 - deviation) * NODE_SCORE_MAX);
}
