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
      return asksForAny(pod, resources) ? (node) => gainOf(pod, node, resources) : undefined;
    },
  };
};

export const nodeResourcesBalanced = nodeResourcesBalancedWith();

const HALF = NODE_SCORE_MAX / 2;

/** What the pod does to the balance: from 50 where it ruins it over 75 where nothing changes to 100. Models balancedResourceScorer. */
const gain = (withPod: number, without: number): number => HALF + Math.trunc((HALF + withPod - without) / 2);

function balance(pod: PodInfo, node: NodeInfo): number {
  const { requestedMilliCpu, requestedMemoryBytes } = node;
  return gain(
    evennessOf(node, requestedMilliCpu + pod.milliCpu, requestedMemoryBytes + pod.memoryBytes),
    evennessOf(node, requestedMilliCpu, requestedMemoryBytes),
  );
}

/** With two fractions the standard deviation is half their distance. */
function evennessOf({ allocatableMilliCpu, allocatableMemoryBytes }: NodeInfo, milliCpu: number, memoryBytes: number): number {
  if (allocatableMilliCpu === 0 || allocatableMemoryBytes === 0) return NODE_SCORE_MAX;
  const cpu = Math.min(1, milliCpu / allocatableMilliCpu);
  const memory = Math.min(1, memoryBytes / allocatableMemoryBytes);
  return Math.floor((1 - Math.abs(cpu - memory) / 2) * NODE_SCORE_MAX);
}

function askedFor(pod: PodInfo, name: string): number {
  if (name === 'cpu') return pod.milliCpu;
  if (name === 'memory') return pod.memoryBytes;
  return name === 'ephemeral-storage' ? pod.ephemeralBytes : (pod.scalars?.get(name) ?? 0);
}

const asksForAny = (pod: PodInfo, resources: readonly string[]): boolean => resources.some((name) => askedFor(pod, name) > 0);

function gainOf(pod: PodInfo, node: NodeInfo, resources: readonly string[]): number {
  const withPod: number[] = [];
  const without: number[] = [];
  for (const name of resources) {
    const [requested, allocatable] = amountsOf(name, pod, node, false);
    if (allocatable === 0) continue;
    withPod.push(Math.min(1, requested / allocatable));
    without.push(Math.min(1, (requested - askedFor(pod, name)) / allocatable));
  }
  return gain(evenness(withPod), evenness(without));
}

function evenness(fractions: readonly number[]): number {
  if (fractions.length < 2) return NODE_SCORE_MAX;
  const mean = fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
  const deviation = Math.sqrt(fractions.reduce((sum, fraction) => sum + (fraction - mean) ** 2, 0) / fractions.length);
  return Math.floor((1 - deviation) * NODE_SCORE_MAX);
}
