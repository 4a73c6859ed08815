import { amountOf } from '../../kinds/shared/pod-requests.ts';
import { binaryText } from '../local-storage.ts';
import type { Observation, Usage } from './signals.ts';

/** Models evictionMessage in pkg/kubelet/eviction/helpers.go. */
export function evictionMessage({ resource, thresholdBytes, availableBytes }: Observation, { pod, containers }: Usage): string {
  const low = `The node was low on resource: ${resource}. Threshold quantity: ${binaryText(thresholdBytes)}, available: ${binaryText(availableBytes)}. `;
  const specs = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  const greedy = containers.flatMap(({ name, bytes }) => {
    const request = specs.find((c) => c.name === name)?.resources?.requests?.[resource] ?? '0';
    if (bytes <= amountOf(resource, request)) return [];
    return [`Container ${name} was using ${binaryText(bytes)}, request is ${request}, has larger consumption of ${resource}. `];
  });
  return low + greedy.join('');
}
