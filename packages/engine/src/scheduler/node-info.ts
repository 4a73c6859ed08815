import type { Taint } from '@vivakube/schema/types/core.v1';
import type { ObjectKey } from '../core/key.ts';
import type { NodeObject } from '../kinds/shared/pod.ts';
import { type Amounts, amountsOf } from '../kinds/shared/pod-requests.ts';
import type { HostPort, PodInfo } from './pod-info.ts';

/** A pod that is thought to have come or gone. */
export interface ImaginedPod {
  pod: PodInfo;
  by: 1 | -1;
}

const UNCHANGED: readonly ImaginedPod[] = [];

/** A node and the sum of what its pods ask for. Models framework.NodeInfo. */
export class NodeInfo {
  readonly pods = new Map<ObjectKey, PodInfo>();
  requestedMilliCpu = 0;
  requestedMemoryBytes = 0;
  requestedEphemeralBytes = 0;
  scoredMilliCpu = 0;
  scoredMemoryBytes = 0;
  allocatableMilliCpu = 0;
  allocatableMemoryBytes = 0;
  allocatableEphemeralBytes = 0;
  allocatablePods = 0;
  allocatable: Amounts = new Map();
  readonly requestedScalars: Amounts = new Map();
  /** Taints that keep pods from being scheduled. */
  hardTaints: readonly Taint[] = [];
  softTaints: readonly Taint[] = [];
  unschedulable = false;
  imageBytes: ReadonlyMap<string, number> = new Map();
  /** What sets it apart from the node of that name, which is the one that all counts are about. */
  imaginedPods: readonly ImaginedPod[] = UNCHANGED;
  /** What runs of CronJobs that ask for nothing are taken to use, by CronJob. */
  private readonly lightTasks = new Map<string, { milliCpu: number; memoryBytes: number }>();
  /** How many pods use `protocol|ip|port`. */
  private readonly ports = new Map<string, { port: HostPort; count: number }>();

  constructor(
    readonly name: string,
    /** Where this node is found in columns. */
    readonly slot: number,
    public node: NodeObject,
  ) {
    this.setNode(node);
  }

  setNode(node: NodeObject): void {
    this.node = node;
    this.allocatable = amountsOf(node.status?.allocatable ?? node.status?.capacity);
    this.allocatableMilliCpu = this.allocatable.get('cpu') ?? 0;
    this.allocatableMemoryBytes = this.allocatable.get('memory') ?? 0;
    this.allocatableEphemeralBytes = this.allocatable.get('ephemeral-storage') ?? 0;
    this.allocatablePods = this.allocatable.get('pods') ?? 0;
    this.unschedulable = node.spec?.unschedulable ?? false;
    const taints = node.spec?.taints ?? [];
    this.hardTaints = taints.filter((t) => t.effect !== 'PreferNoSchedule');
    this.softTaints = taints.filter((t) => t.effect === 'PreferNoSchedule');
    const images = new Map<string, number>();
    for (const image of node.status?.images ?? []) for (const name of image.names ?? []) images.set(name, image.sizeBytes ?? 0);
    this.imageBytes = images;
  }

  /** The same node with some pods thought there or away. */
  imagined({ added = [], removed }: { added?: readonly PodInfo[]; removed?: (pod: PodInfo) => boolean }): NodeInfo {
    const copy = new NodeInfo(this.name, this.slot, this.node);
    const imagined: ImaginedPod[] = [];
    for (const pod of this.pods.values()) {
      if (removed?.(pod)) imagined.push({ pod, by: -1 });
      else copy.add(pod);
    }
    for (const pod of added) {
      if (copy.pods.has(pod.key)) continue;
      copy.add(pod);
      imagined.push({ pod, by: 1 });
    }
    copy.imaginedPods = [...this.imaginedPods, ...imagined];
    return copy;
  }

  get labels(): Readonly<Record<string, string>> | undefined {
    return this.node.metadata.labels;
  }

  add(pod: PodInfo): void {
    this.pods.set(pod.key, pod);
    this.count(pod, 1);
  }

  remove(pod: PodInfo): void {
    this.pods.delete(pod.key);
    this.count(pod, -1);
  }

  private count(pod: PodInfo, sign: 1 | -1): void {
    this.requestedMilliCpu += sign * pod.milliCpu;
    this.requestedMemoryBytes += sign * pod.memoryBytes;
    this.requestedEphemeralBytes += sign * pod.ephemeralBytes;
    this.scoredMilliCpu += sign * pod.scoredMilliCpu;
    this.scoredMemoryBytes += sign * pod.scoredMemoryBytes;
    if (pod.scalars)
      for (const [name, amount] of pod.scalars) this.requestedScalars.set(name, (this.requestedScalars.get(name) ?? 0) + sign * amount);
    for (const port of pod.hostPorts) this.countPort(port, sign);
    if (pod.lightTask !== undefined) this.countTask(pod.lightTask, pod, sign);
  }

  private countTask(task: string, pod: PodInfo, sign: 1 | -1): void {
    const known = this.lightTasks.get(task);
    const milliCpu = (known?.milliCpu ?? 0) + sign * pod.scoredMilliCpu;
    const memoryBytes = (known?.memoryBytes ?? 0) + sign * pod.scoredMemoryBytes;
    if (milliCpu === 0 && memoryBytes === 0) this.lightTasks.delete(task);
    else this.lightTasks.set(task, { milliCpu, memoryBytes });
  }

  /**
   * What counts when nodes are compared for a pod. Runs of CronJobs that ask for nothing do not count for each other: what
   * they would be taken to use is a guess, and where each goes is its own matter, again and again.
   */
  scoredFor({ lightTask }: PodInfo): { milliCpu: number; memoryBytes: number } {
    const scored = { milliCpu: this.scoredMilliCpu, memoryBytes: this.scoredMemoryBytes };
    if (lightTask === undefined) return scored;
    for (const [task, { milliCpu, memoryBytes }] of this.lightTasks) {
      if (task === lightTask) continue;
      scored.milliCpu -= milliCpu;
      scored.memoryBytes -= memoryBytes;
    }
    return scored;
  }

  private countPort(port: HostPort, sign: 1 | -1): void {
    const id = `${port.protocol}|${port.ip}|${port.port}`;
    const count = (this.ports.get(id)?.count ?? 0) + sign;
    if (count === 0) this.ports.delete(id);
    else this.ports.set(id, { port, count });
  }

  /** Models HostPortInfo.CheckConflict: 0.0.0.0 stands for every address. */
  conflictsWith(wanted: HostPort): boolean {
    for (const { port } of this.ports.values()) {
      if (port.port !== wanted.port || port.protocol !== wanted.protocol) continue;
      if (port.ip === wanted.ip || port.ip === '0.0.0.0' || wanted.ip === '0.0.0.0') return true;
    }
    return false;
  }
}
