import type { NodeObject } from '../../kinds/shared/pod.ts';
import type { Remedy } from '../framework.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';

interface Shortage {
  resource: string;
  wanted: number;
  free: number;
  allocatable: number;
}

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const;
const BYTES = new Set(['memory', 'ephemeral-storage']);

/** Amounts as people write them, rounded down where asked for what is free. */
function text(resource: string, amount: number): string {
  if (resource === 'cpu') return amount % 1000 === 0 ? String(amount / 1000) : `${amount}m`;
  if (!BYTES.has(resource) && !resource.startsWith('hugepages-')) return String(amount);
  let unit = 0;
  let rest = amount;
  while (rest !== 0 && rest % 1024 === 0 && unit < BINARY.length - 1) {
    rest /= 1024;
    unit++;
  }
  return `${rest}${BINARY[unit]}`;
}

function shortagesOf(pod: PodInfo, node: NodeInfo): Shortage[] {
  const asked: [resource: string, wanted: number, allocatable: number, requested: number][] = [
    ['cpu', pod.milliCpu, node.allocatableMilliCpu, node.requestedMilliCpu],
    ['memory', pod.memoryBytes, node.allocatableMemoryBytes, node.requestedMemoryBytes],
    ['ephemeral-storage', pod.ephemeralBytes, node.allocatableEphemeralBytes, node.requestedEphemeralBytes],
  ];
  for (const [name, wanted] of pod.scalars ?? []) asked.push([name, wanted, node.allocatable.get(name) ?? 0, node.requestedScalars.get(name) ?? 0]);
  return asked.flatMap(([resource, wanted, allocatable, requested]) => {
    const free = Math.max(0, allocatable - requested);
    return wanted > free ? [{ resource, wanted, free, allocatable }] : [];
  });
}

/** How much is missing, and who could give it. */
function advice({ resource, wanted, free, allocatable }: Shortage, node: string): string {
  const amount = (value: number): string => text(resource, value);
  const lower = free > 0 ? `lower the pod's request of ${resource} from ${amount(wanted)} to ${amount(free)}` : undefined;
  if (wanted <= allocatable) {
    const free0 = `free ${amount(wanted - free)} of ${resource} on node ${node}`;
    return lower ? `${lower}, or ${free0}` : free0;
  }
  const larger = `give node ${node} ${amount(wanted - free)} more ${resource}`;
  return lower ? `${lower}, or ${larger}` : larger;
}

/** What is missing on a node; thought to be there, the node fits. */
export function resourcesRemedy(pod: PodInfo, node: NodeInfo): Remedy {
  const shortages = shortagesOf(pod, node);
  const full = node.pods.size >= node.allocatablePods;
  const texts = shortages.map((shortage) => advice(shortage, node.name));
  if (full) texts.push(`take a pod away from node ${node.name}, which holds ${node.allocatablePods} at most`);
  return {
    text: texts.join('; '),
    cost: shortages.reduce((sum, { wanted, free, allocatable }) => sum + (wanted - free) / wanted + (wanted > allocatable ? 0.5 : 0), full ? 1 : 0),
    node: (n) => withMore(n, shortages, full),
  };
}

function withMore(node: NodeObject, shortages: readonly Shortage[], full: boolean): NodeObject {
  const allocatable: Record<string, string> = { ...(node.status?.allocatable ?? {}) };
  for (const { resource, wanted, free, allocatable: had } of shortages) {
    allocatable[resource] = resource === 'cpu' ? `${had + wanted - free}m` : String(had + wanted - free);
  }
  if (full) allocatable.pods = String(Number(allocatable.pods ?? 0) + 1);
  return { ...node, status: { ...node.status, allocatable } } as NodeObject;
}
