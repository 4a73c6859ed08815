import type { PodExtendedResourceClaimStatus } from '@vivakube/schema/types/core.v1';
import type { DeviceClass, DeviceRequest, ResourceClaim } from '@vivakube/schema/types/resource.v1';
import type { View } from '../../core/txn.ts';
import { plainRequests } from '../../kinds/shared/pod-requests.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';

/** What precedes the name of a class in a resource that every class provides. */
const IMPLICIT = 'deviceclass.resource.kubernetes.io/';
export const MADE_FOR_RESOURCES = 'resource.kubernetes.io/extended-resource-claim';

/** Classes by the names of extended resources. */
export type Backing = ReadonlyMap<string, string>;
const NONE: Backing = new Map();

const isBefore = (a: DeviceClass, b: DeviceClass): boolean => {
  const [one, other] = [a, b].map(({ metadata }) => metadata?.creationTimestamp ?? '') as [string, string];
  return one === other ? (a.metadata?.name ?? '') < (b.metadata?.name ?? '') : one > other;
};

/** What the pod asks for that device classes provide. Models pkg/scheduler/framework/plugins/dynamicresources/extended. */
export function backingOf(view: View, { scalars }: PodInfo): Backing {
  if (!scalars) return NONE;
  const classes = view.list('resource.k8s.io/deviceclasses') as unknown as DeviceClass[];
  if (classes.length === 0) return NONE;
  const found = new Map<string, DeviceClass>();
  for (const deviceClass of classes) {
    for (const name of [deviceClass.spec.extendedResourceName, `${IMPLICIT}${deviceClass.metadata?.name}`]) {
      if (name === undefined || !scalars.has(name)) continue;
      const known = found.get(name);
      if (!known || isBefore(deviceClass, known)) found.set(name, deviceClass);
    }
  }
  return new Map([...found].map(([name, { metadata }]) => [name, metadata?.name as string]));
}

/** What only devices can provide on a node. */
export const neededOn = (backing: Backing, { allocatable }: NodeInfo): string[] =>
  [...backing.keys()].filter((name) => (allocatable.get(name) ?? 0) === 0).sort();

type Mapping = PodExtendedResourceClaimStatus['requestMappings'][number];

/** A claim for all that a pod asks devices for, which is only made once the pod has a node; and which container gets what. */
export interface ExtendedClaim {
  claim: ResourceClaim;
  mappings: Mapping[];
}

interface Asking {
  index: number;
  isBrief: boolean;
  container: PodInfo['pod']['spec']['containers'][number];
}

/** Containers that initialise come last: they may use what the others will be given. */
function askingOf({ spec }: PodInfo['pod']): Asking[] {
  const all = [...(spec.initContainers ?? []), ...spec.containers];
  const asking = all.map((container, index) => ({
    index,
    isBrief: index < (spec.initContainers?.length ?? 0) && container.restartPolicy !== 'Always',
    container,
  }));
  return [...asking.filter(({ isBrief }) => !isBrief), ...asking.filter(({ isBrief }) => isBrief)];
}

/** Models createRequestsAndMappings of pkg/scheduler/framework/plugins/dynamicresources/extendeddynamicresources.go. */
export function extendedClaimFor({ pod, namespace }: PodInfo, backing: Backing, resources: readonly string[]): ExtendedClaim {
  const requests: DeviceRequest[] = [];
  const mappings: Mapping[] = [];
  for (const resourceName of resources) {
    const made: { name: string; count: number }[] = [];
    for (const { index, isBrief, container } of askingOf(pod)) {
      const wanted = plainRequests(container);
      let left = wanted.get(resourceName) ?? 0;
      const use = (requestName: string): void => void mappings.push({ containerName: container.name, resourceName, requestName });
      for (const { name, count } of isBrief ? made : []) {
        if (left <= 0) break;
        use(name);
        left -= count;
      }
      if (left <= 0) continue;
      const name = `container-${index}-request-${[...wanted.keys()].sort().indexOf(resourceName)}`;
      requests.push({ name, exactly: { deviceClassName: backing.get(resourceName) as string, allocationMode: 'ExactCount', count: left } });
      made.push({ name, count: left });
      use(name);
    }
  }
  const claim = {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: {
      generateName: `${pod.metadata.name}-extended-resources-`,
      namespace,
      annotations: { [MADE_FOR_RESOURCES]: 'true' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name as string, uid: pod.metadata.uid as string, controller: true }],
    },
    spec: { devices: { requests } },
  };
  return { claim: claim as ResourceClaim, mappings };
}
