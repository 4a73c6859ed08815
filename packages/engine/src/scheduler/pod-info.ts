import type { ObjectKey } from '../core/key.ts';
import { objectKey } from '../core/key.ts';
import { type PodObject, taskOfPod } from '../kinds/shared/pod.ts';
import { type Amounts, amountOf, podRequests } from '../kinds/shared/pod-requests.ts';
import { type AffinityTerm, affinityTerms, type WeightedTerm } from './affinity-terms.ts';

// Models pkg/scheduler/util/pod_resources.go: what a container without requests is taken to use when nodes are compared.
const DEFAULT_MILLI_CPU = 100;
const DEFAULT_MEMORY_BYTES = 200 * 1024 * 1024;

export interface HostPort {
  protocol: string;
  ip: string;
  port: number;
}

/** A pod as the scheduler sees it, with everything computed that is asked for more than once. */
export interface PodInfo {
  key: ObjectKey;
  pod: PodObject;
  namespace: string;
  nodeName: string;
  milliCpu: number;
  memoryBytes: number;
  ephemeralBytes: number;
  /** Everything else that is asked for, if anything. */
  scalars: Amounts | undefined;
  scoredMilliCpu: number;
  scoredMemoryBytes: number;
  hostPorts: readonly HostPort[];
  /** The CronJob whose run it is of, if that asks for nothing that others could want. */
  lightTask: string | undefined;
  requiredAffinity: readonly AffinityTerm[];
  requiredAntiAffinity: readonly AffinityTerm[];
  preferredAffinity: readonly WeightedTerm[];
  preferredAntiAffinity: readonly WeightedTerm[];
}

const NO_PORTS: readonly HostPort[] = [];
const NATIVE = new Set(['cpu', 'memory', 'ephemeral-storage']);

export function podInfoOf(pod: PodObject): PodInfo {
  const requests = podRequests(pod);
  const scored = scoredRequests(pod, requests);
  const namespace = pod.metadata.namespace ?? '';
  let scalars: Amounts | undefined;
  for (const [name, amount] of requests) {
    if (NATIVE.has(name) || amount === 0) continue;
    scalars ??= new Map();
    scalars.set(name, amount);
  }
  return {
    key: objectKey('core/pods', namespace, pod.metadata.name as string),
    pod,
    namespace,
    nodeName: pod.spec.nodeName ?? '',
    milliCpu: requests.get('cpu') ?? 0,
    memoryBytes: requests.get('memory') ?? 0,
    ephemeralBytes: requests.get('ephemeral-storage') ?? 0,
    scalars,
    scoredMilliCpu: scored.milliCpu,
    scoredMemoryBytes: scored.memoryBytes,
    hostPorts: hostPortsOf(pod),
    lightTask: requests.size === 0 || [...requests.values()].every((amount) => amount === 0) ? taskOfPod(pod) : undefined,
    ...affinityTerms(pod),
  };
}

function scoredRequests(pod: PodObject, requests: Amounts): { milliCpu: number; memoryBytes: number } {
  const only = pod.spec.containers.length === 1 && !pod.spec.initContainers?.length && !pod.spec.overhead && !pod.spec.resources;
  if (only) return { milliCpu: requests.get('cpu') ?? DEFAULT_MILLI_CPU, memoryBytes: requests.get('memory') ?? DEFAULT_MEMORY_BYTES };
  const amounts = podRequests(pod, (container) => {
    const own = container.resources?.requests;
    return new Map([
      ['cpu', own?.cpu === undefined ? DEFAULT_MILLI_CPU : amountOf('cpu', own.cpu)],
      ['memory', own?.memory === undefined ? DEFAULT_MEMORY_BYTES : amountOf('memory', own.memory)],
    ]);
  });
  return { milliCpu: amounts.get('cpu') ?? 0, memoryBytes: amounts.get('memory') ?? 0 };
}

function hostPortsOf(pod: PodObject): readonly HostPort[] {
  let found: HostPort[] | undefined;
  const sidecars = pod.spec.initContainers?.filter((c) => c.restartPolicy === 'Always') ?? [];
  for (const container of [...pod.spec.containers, ...sidecars]) {
    for (const port of container.ports ?? []) {
      if (!port.hostPort) continue;
      found ??= [];
      found.push({ protocol: port.protocol ?? 'TCP', ip: port.hostIP || '0.0.0.0', port: port.hostPort });
    }
  }
  return found ?? NO_PORTS;
}
