import { quantity } from '#kube/quantity.ts';
import type { KubeObject } from '#kube/types.ts';

export interface Amounts {
  cpu: number;
  memory: number;
  pods: number;
}

interface ContainerSpec {
  restartPolicy?: string;
  resources?: { requests?: Record<string, string> };
}

/** What a pod reserves: its containers and sidecars together, or its largest init container if that is more. */
export function requestsOf(pod: KubeObject): Amounts {
  const containers = (pod.spec?.containers ?? []) as ContainerSpec[];
  const inits = (pod.spec?.initContainers ?? []) as ContainerSpec[];
  const amount = (resource: 'cpu' | 'memory') => {
    const of = (container: ContainerSpec) => quantity(container.resources?.requests?.[resource]);
    let sidecars = 0;
    let peak = 0;
    for (const init of inits) {
      if (init.restartPolicy === 'Always') {
        sidecars += of(init);
        peak = Math.max(peak, sidecars);
      } else peak = Math.max(peak, sidecars + of(init));
    }
    const running = sidecars + containers.reduce((sum, container) => sum + of(container), 0);
    const overhead = quantity((pod.spec?.overhead as Record<string, string> | undefined)?.[resource]);
    return Math.max(running, peak) + overhead;
  };
  return { cpu: amount('cpu'), memory: amount('memory'), pods: 1 };
}

/** The sum per node of everything that still holds its reservation. */
export function allocations(pods: readonly KubeObject[]): Map<string, Amounts> {
  const sums = new Map<string, Amounts>();
  for (const pod of pods) {
    const node = pod.spec?.nodeName;
    const phase = pod.status?.phase;
    if (typeof node !== 'string' || phase === 'Succeeded' || phase === 'Failed') continue;
    const sum = sums.get(node) ?? { cpu: 0, memory: 0, pods: 0 };
    const more = requestsOf(pod);
    sums.set(node, { cpu: sum.cpu + more.cpu, memory: sum.memory + more.memory, pods: sum.pods + 1 });
  }
  return sums;
}

export function allocatable(node: KubeObject): Amounts {
  const amounts = (node.status?.allocatable ?? {}) as Record<string, string>;
  return { cpu: quantity(amounts.cpu), memory: quantity(amounts.memory), pods: quantity(amounts.pods) };
}
