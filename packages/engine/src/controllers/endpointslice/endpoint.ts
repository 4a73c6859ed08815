import type { KubeObject } from '../../core/object.ts';
import type { Pod } from '../shared/objects.ts';
import { isPodReady } from '../shared/pods.ts';
import { addressesOf, findPort, hasClusterIp, hostnameOf, portsOf, type Service } from './serving.ts';

export type AddressType = 'IPv4' | 'IPv6';

export interface Endpoint {
  addresses: string[];
  conditions: { ready: boolean; serving: boolean; terminating: boolean };
  hostname?: string;
  targetRef?: { kind: string; namespace: string; name: string; uid: string };
  nodeName?: string;
  zone?: string;
  hints?: { forZones?: { name: string }[]; forNodes?: { name: string }[] };
}

export interface EndpointPort {
  name?: string;
  port?: number;
  protocol?: string;
  appProtocol?: string;
}

/** Models podToEndpoint in staging/src/k8s.io/endpointslice/utils.go: ready is never said of a pod that is leaving, unless all are published. */
export function endpointOf(pod: Pod, node: KubeObject | undefined, service: Service, addressType: AddressType): Endpoint {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  const hostname = hostnameOf(pod, service);
  return {
    addresses: addressesOf(pod, addressType),
    conditions: { ready: Boolean(service.spec.publishNotReadyAddresses) || (serving && !terminating), serving, terminating },
    ...(hostname ? { hostname } : {}),
    targetRef: { kind: 'Pod', namespace: pod.metadata.namespace as string, name: pod.metadata.name, uid: pod.metadata.uid },
    ...(pod.spec?.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    ...(zone ? { zone } : {}),
  };
}

export function endpointPorts(service: Service, pod: Pod): EndpointPort[] {
  const ports = portsOf(service);
  if (ports.length === 0 && !hasClusterIp(service)) return [];
  return ports.flatMap((each) => {
    const port = findPort(pod, each);
    if (port === undefined) return [];
    const appProtocol = each.appProtocol === undefined ? {} : { appProtocol: each.appProtocol };
    return [{ name: each.name ?? '', port, protocol: each.protocol ?? 'TCP', ...appProtocol }];
  });
}

/** Which ports a slice is for, whatever their order. */
export const portsKey = (ports: readonly EndpointPort[] | undefined): string =>
  (ports ?? [])
    .map(({ name = '', port = 0, protocol = '', appProtocol = '' }) => `${name}:${port}:${protocol}:${appProtocol}`)
    .sort()
    .join('|');

/** What makes an endpoint the same one in another slice. Models hashEndpoint's endpointHashObj. */
export const identityOf = ({ addresses, hostname = '', targetRef }: Endpoint): string =>
  `${[...addresses].sort().join()}|${hostname}|${targetRef?.namespace ?? ''}/${targetRef?.name ?? ''}/${targetRef?.uid ?? ''}`;
