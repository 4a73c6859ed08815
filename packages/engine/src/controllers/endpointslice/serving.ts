import type { KubeObject } from '../../core/object.ts';
import { parseIp } from '../../kinds/shared/ip.ts';
import type { Pod } from '../shared/objects.ts';
import { isPodReady } from '../shared/pods.ts';

// Models staging/src/k8s.io/endpointslice/util/controller_utils.go and utils.go.

export type Service = KubeObject;

export interface ServicePort {
  name?: string;
  port: number;
  protocol?: string;
  appProtocol?: string;
  targetPort?: number | string;
}

export const portsOf = (service: Service): ServicePort[] => service.spec?.ports ?? [];

export const isFinished = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** A finished pod serves nobody, one without an address cannot be reached, and one that is leaving counts where it is asked for. */
export function belongsInEndpoints(pod: Pod, includeTerminating: boolean): boolean {
  if (isFinished(pod) || (!pod.status?.podIP && !pod.status?.podIPs?.length)) return false;
  return includeTerminating || pod.metadata.deletionTimestamp === undefined;
}

/** The container port that a service's port leads to in this pod, if it has it. Sidecars may name ports too. */
export function findPort(pod: Pod, { targetPort, port, protocol }: ServicePort): number | undefined {
  const target = targetPort ?? port;
  if (typeof target === 'number') return target;
  const sidecars = (pod.spec?.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  for (const { ports = [] } of [...(pod.spec?.containers ?? []), ...sidecars]) {
    const named = ports.find((each) => each.name === target && (each.protocol ?? 'TCP') === (protocol ?? 'TCP'));
    if (named) return named.containerPort;
  }
  return undefined;
}

export const hasClusterIp = (service: Service): boolean => Boolean(service.spec?.clusterIP) && service.spec.clusterIP !== 'None';

/** Pods of a headless service that say so get a DNS name of their own. */
export const hostnameOf = (pod: Pod, service: Service): string | undefined =>
  pod.spec?.hostname && pod.spec.subdomain === service.metadata.name ? pod.spec.hostname : undefined;

export function addressesOf(pod: Pod, family: 'IPv4' | 'IPv6'): string[] {
  const ips = pod.status?.podIPs?.map(({ ip }) => ip) ?? [pod.status?.podIP ?? ''];
  return ips.filter((ip) => parseIp(ip)?.family === (family === 'IPv4' ? 4 : 6));
}

/** What of a pod its endpoints depend on, so that other changes wake nobody. Models podEndpointsChanged. */
export function servingFacts(pod: Pod): string {
  const { status, spec, metadata } = pod;
  const addresses = status?.podIPs?.map(({ ip }) => ip).join() ?? status?.podIP ?? '';
  return [metadata.deletionTimestamp !== undefined, isFinished(pod), isPodReady(pod), addresses, spec?.nodeName ?? ''].join();
}
