import { addressesOf, belongsInEndpoints, findPort, hasClusterIp, hostnameOf, portsOf, type Service } from '../endpointslice/serving.ts';
import type { Pod } from '../shared/objects.ts';
import { isPodReady } from '../shared/pods.ts';

export interface Address {
  ip: string;
  hostname?: string;
  nodeName?: string;
  targetRef: { kind: string; namespace: string; name: string; uid: string };
}

export interface Port {
  name?: string;
  port: number;
  protocol: string;
  appProtocol?: string;
}

export interface Subset {
  addresses?: Address[];
  notReadyAddresses?: Address[];
  ports?: Port[];
}

/** One pod under one port; `port` is absent for a headless service without ports. */
interface Offer {
  address: Address;
  port: Port | undefined;
  ready: boolean;
}

function addressOf(pod: Pod, service: Service): Address | undefined {
  const [ip] = addressesOf(pod, service.spec.ipFamilies?.[0] ?? 'IPv4');
  if (ip === undefined) return undefined;
  const { namespace, name, uid } = pod.metadata;
  const hostname = hostnameOf(pod, service);
  return {
    ip,
    ...(hostname ? { hostname } : {}),
    ...(pod.spec?.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    targetRef: { kind: 'Pod', namespace: namespace as string, name, uid },
  };
}

function offersOf(pod: Pod, service: Service): Offer[] {
  const address = belongsInEndpoints(pod, Boolean(service.spec.publishNotReadyAddresses)) ? addressOf(pod, service) : undefined;
  if (!address) return [];
  const ready = Boolean(service.spec.publishNotReadyAddresses) || isPodReady(pod);
  const ports = portsOf(service);
  if (ports.length === 0) return hasClusterIp(service) ? [] : [{ address, port: undefined, ready }];
  return ports.flatMap((each) => {
    const number = findPort(pod, each);
    if (number === undefined) return [];
    const { name, protocol = 'TCP', appProtocol } = each;
    return [{ address, ready, port: { ...(name ? { name } : {}), port: number, protocol, ...(appProtocol ? { appProtocol } : {}) } }];
  });
}

interface PortGroup {
  port: Port | undefined;
  members: Map<string, Offer>;
}

const addressKey = ({ ip, targetRef }: Address): string => `${ip}|${targetRef.uid}`;
const portKey = (port: Port | undefined): string => (port ? `${port.name ?? ''}|${port.port}|${port.protocol}|${port.appProtocol ?? ''}` : '');

const byAddress = (a: Offer, b: Offer): number => (addressKey(a.address) < addressKey(b.address) ? -1 : 1);

/**
 * The subsets of a service: addresses with exactly the same ports share one.
 * Models syncService of pkg/controller/endpoint and RepackSubsets in pkg/api/v1/endpoints/util.go.
 */
export function subsetsOf(service: Service, pods: readonly Pod[]): Subset[] {
  const groups = new Map<string, PortGroup>();
  for (const offer of pods.flatMap((pod) => offersOf(pod, service))) {
    const key = portKey(offer.port);
    const group = groups.get(key) ?? { port: offer.port, members: new Map<string, Offer>() };
    groups.set(key, group);
    const known = group.members.get(addressKey(offer.address));
    group.members.set(addressKey(offer.address), known && !known.ready ? known : offer);
  }
  const subsets = new Map<string, Subset>();
  for (const { port, members } of groups.values()) {
    const sorted = [...members.values()].sort(byAddress);
    const key = sorted.map(({ address }) => addressKey(address)).join();
    const subset = subsets.get(key);
    if (subset) subset.ports?.push(port as Port);
    else subsets.set(key, subsetOf(sorted, port));
  }
  return [...subsets.values()];
}

function subsetOf(offers: readonly Offer[], port: Port | undefined): Subset {
  const addresses = offers.filter(({ ready }) => ready).map(({ address }) => address);
  const notReady = offers.filter(({ ready }) => !ready).map(({ address }) => address);
  return {
    ...(addresses.length > 0 ? { addresses } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
    ...(port ? { ports: [port] } : {}),
  };
}
