import { chanceUuid, hexOf } from '../core/chance.ts';
import { type Instant, toRfc3339 } from '../core/instant.ts';
import type { NodeObject } from '../kinds/shared/pod.ts';
import { quantityValue } from '../machinery/decode/quantity.ts';
import { VERSION } from '../machinery/version.ts';

export type NodeRole = 'control-plane' | 'worker';

/** What makes a node different from its neighbours. */
export interface NodeShape {
  name: string;
  role: NodeRole;
  /** Position among all nodes, from 0: decides its address and its range of pod addresses. */
  index: number;
  cpus?: number;
  memoryKi?: number;
  pods?: number;
  labels?: Record<string, string>;
  taints?: { key: string; value?: string; effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' }[];
  /** Devices and other extended resources, as capacity. */
  extended?: Record<string, string>;
  architecture?: 'amd64' | 'arm64';
}

const DEFAULT_CPUS = 4;
const DEFAULT_MEMORY_KI = 8 * 1024 * 1024;
const DEFAULT_PODS = 110;
const EPHEMERAL_KI = 100 * 1024 * 1024;
const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

/** As the kind of clusters people know: 172.18.0.2, 172.18.0.3 ... */
export const nodeAddress = (index: number): string => `172.18.${(index + 2) >> 8}.${(index + 2) & 255}`;

/** Every node has a /24 out of 10.244.0.0/16. */
export const podCidr = (index: number): string => `10.${244 + (index >> 8)}.${index & 255}.0/24`;

export function nodeObject(shape: NodeShape, seed: string, now: Instant): NodeObject {
  const cidr = podCidr(shape.index);
  const taints = [...(shape.role === 'control-plane' ? [{ key: CONTROL_PLANE, effect: 'NoSchedule' as const }] : []), ...(shape.taints ?? [])];
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: {
      name: shape.name,
      labels: labelsOf(shape),
      annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: { podCIDR: cidr, podCIDRs: [cidr], providerID: `kind://docker/vivakube/${shape.name}`, ...(taints.length > 0 ? { taints } : {}) },
    status: nodeStatus(shape, seed, now),
  };
}

function labelsOf({ name, role, labels, architecture = 'amd64' }: NodeShape): Record<string, string> {
  return {
    'beta.kubernetes.io/arch': architecture,
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': architecture,
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    ...(role === 'control-plane' ? { [CONTROL_PLANE]: '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' } : {}),
    ...labels,
  };
}

function nodeStatus(shape: NodeShape, seed: string, now: Instant): NonNullable<NodeObject['status']> {
  const capacity = {
    cpu: String(shape.cpus ?? DEFAULT_CPUS),
    'ephemeral-storage': `${EPHEMERAL_KI}Ki`,
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: `${shape.memoryKi ?? DEFAULT_MEMORY_KI}Ki`,
    pods: String(shape.pods ?? DEFAULT_PODS),
    ...shape.extended,
  };
  return {
    capacity,
    allocatable: { ...capacity, memory: `${freeMemoryKi(capacity)}Ki` },
    conditions: conditionsAt(now),
    addresses: [
      { type: 'InternalIP', address: nodeAddress(shape.index) },
      { type: 'Hostname', address: shape.name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      machineID: hex32(seed, shape.name, 'machine'),
      systemUUID: chanceUuid(seed, shape.name, 'system'),
      bootID: chanceUuid(seed, shape.name, 'boot'),
      kernelVersion: '6.12.48-vivakube',
      osImage: 'Debian GNU/Linux 13 (trixie)',
      containerRuntimeVersion: 'containerd://2.2.1',
      kubeletVersion: VERSION.gitVersion,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: shape.architecture ?? 'amd64',
      swap: { capacity: 0 },
    },
    images: [],
    features: { supplementalGroupsPolicy: true },
    runtimeHandlers: [{ name: '', features: { recursiveReadOnlyMounts: true, userNamespaces: true } }],
  };
}

/** Huge pages are set aside. Models MachineInfo in pkg/kubelet/nodestatus/setters.go. */
function freeMemoryKi(capacity: Record<string, string> & { memory: string }): number {
  const set = Object.keys(capacity).filter((resource) => resource.startsWith('hugepages-'));
  const kiOf = (amount: string): number => quantityValue(amount) / 1024;
  return Math.max(
    0,
    set.reduce((left, resource) => left - kiOf(capacity[resource] as string), kiOf(capacity.memory)),
  );
}

function conditionsAt(now: Instant): NonNullable<NonNullable<NodeObject['status']>['conditions']> {
  const time = toRfc3339(now);
  const of = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    lastHeartbeatTime: time,
    lastTransitionTime: time,
    reason,
    message,
  });
  return [
    of('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    of('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    of('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    of('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  ];
}

const hex32 = (...purpose: [string, ...string[]]): string => hexOf(purpose.join('\u0000'), 4);
