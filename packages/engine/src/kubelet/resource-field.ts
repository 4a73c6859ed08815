import type { ResourceFieldSelector } from '@vivakube/schema/types/core.v1';
import { nano } from '../kinds/shared/quantity.ts';
import type { EnvSource } from './env.ts';

/**
 * What the downward API says of a container's resources, in whole divisors; without a limit it is all that the node has.
 * Models ExtractContainerResourceValue in pkg/api/v1/resource.
 */
export function resourceValue({ pod, view, node }: EnvSource, { resource, containerName, divisor }: ResourceFieldSelector, own?: string): string {
  const [list = '', name = ''] = resource.split(/\.(.*)/);
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  const resources = containers.find((c) => c.name === (containerName || own))?.resources;
  const set = list === 'limits' ? resources?.limits?.[name] : resources?.requests?.[name];
  const allocatable: Record<string, string> = view.get(`core/nodes//${node.name}`)?.status?.allocatable ?? {};
  const amount = nano(set ?? (list === 'limits' ? allocatable[name] : undefined));
  const by = divisor && divisor !== '0' ? nano(divisor) : nano('1');
  return String((amount + by - 1n) / by);
}
