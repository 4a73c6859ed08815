import type { KubeObject } from '../../core/object.ts';
import { parseIp } from '../../kinds/shared/ip.ts';
import { type AddressType, type Endpoint, type EndpointPort, portsKey } from '../endpointslice/endpoint.ts';

type Part = KubeObject[string];

/** Models maxEndpointsPerSubset of pkg/controller/endpointslicemirroring: what a subset has beyond it is not mirrored. */
export const MIRRORED_MAX = 1000;

export interface Group {
  addressType: AddressType;
  ports: EndpointPort[];
  endpoints: Endpoint[];
}

export const groupKey = (addressType: string, ports: readonly EndpointPort[] | undefined): string => `${addressType}|${portsKey(ports)}`;

const portOf = ({ name, port, protocol, appProtocol }: Part): EndpointPort => ({
  name: name ?? '',
  port,
  protocol: protocol ?? 'TCP',
  ...(appProtocol === undefined ? {} : { appProtocol }),
});

/** Only readiness is known of such an address. Models addressToEndpoint. */
const endpointOf = ({ ip, hostname, nodeName, targetRef }: Part, ready: boolean): Endpoint =>
  ({
    addresses: [ip],
    conditions: { ready },
    ...(hostname ? { hostname } : {}),
    ...(targetRef ? { targetRef } : {}),
    ...(nodeName ? { nodeName } : {}),
  }) as Endpoint;

/** What an Endpoints object says, by address family and ports. */
export function mirrored(endpoints: KubeObject): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const subset of (endpoints.subsets ?? []) as Part[]) {
    const { addresses = [], notReadyAddresses = [], ports = [] } = subset as Record<string, Part[] | undefined>;
    const slicePorts = ports.map(portOf);
    const all = [...addresses.map((each: Part) => endpointOf(each, true)), ...notReadyAddresses.map((each: Part) => endpointOf(each, false))];
    for (const endpoint of all.slice(0, MIRRORED_MAX)) {
      const addressType: AddressType = parseIp(endpoint.addresses[0] ?? '')?.family === 6 ? 'IPv6' : 'IPv4';
      const key = groupKey(addressType, slicePorts);
      const group = groups.get(key) ?? { addressType, ports: slicePorts, endpoints: [] };
      groups.set(key, group);
      group.endpoints.push(endpoint);
    }
  }
  return groups;
}
