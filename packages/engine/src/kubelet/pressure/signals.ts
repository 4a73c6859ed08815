import type { Instant } from '../../core/instant.ts';
import type { View } from '../../core/txn.ts';
import { storageDemand, volumeDemand } from '../../kinds/metrics/demand.ts';
import { Meter } from '../../kinds/metrics/meter.ts';
import { phaseAt } from '../../kinds/metrics/schedule.ts';
import { isFinishedPod, type NodeObject, type PodObject } from '../../kinds/shared/pod.ts';
import { amountsOf } from '../../kinds/shared/pod-requests.ts';
import { imageKey, podKeyOf } from '../keys.ts';
import type { PodState } from '../state.ts';

const MI = 1024 * 1024;
/** As NodeMetrics counts it: the system and the kubelet, and a little for every pod. */
const SYSTEM_BYTES = 420 * MI;
const POD_BYTES = 3 * MI;
const DISK_SYSTEM_BYTES = 4 * 1024 * MI;

export type Starved = 'memory' | 'ephemeral-storage';

/** What the containers of one pod use of something. */
export interface Usage {
  pod: PodObject;
  containers: { name: string; bytes: number }[];
  bytes: number;
}

/** One look at how much of something a node has left. Models makeSignalObservations. */
export interface Observation {
  resource: Starved;
  thresholdBytes: number;
  availableBytes: number;
  usages: Usage[];
  /** When the figures change by the passing of time alone. */
  changesAt: Instant[];
}

const podsOn = (view: View, node: NodeObject): PodObject[] =>
  (view.indexed('core/pods', 'node', node.metadata.name as string) as PodObject[]).filter((pod) => !isFinishedPod(pod));

const total = (usages: readonly Usage[]): number => usages.reduce((sum, { bytes }) => sum + bytes, 0);

/** Models the default eviction threshold memory.available<100Mi. */
export function observeMemory(view: View, node: NodeObject): Observation {
  const meter = new Meter(view, view.now);
  const changesAt: Instant[] = [];
  const usages = podsOn(view, node).map((pod): Usage => {
    const metered = meter.pod(pod);
    if (!metered.reading) {
      if (metered.availableAt !== undefined) changesAt.push(metered.availableAt);
      return { pod, containers: [], bytes: 0 };
    }
    if (metered.reading.changesAt !== undefined) changesAt.push(metered.reading.changesAt);
    const containers = metered.reading.containers.map(({ name, memoryBytes }) => ({ name, bytes: memoryBytes }));
    return { pod, containers, bytes: containers.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
  const capacity = amountsOf(node.status?.capacity).get('memory') ?? 0;
  const availableBytes = capacity - SYSTEM_BYTES - POD_BYTES * usages.length - total(usages);
  return { resource: 'memory', thresholdBytes: 100 * MI, availableBytes: Math.max(0, availableBytes), usages, changesAt };
}

/** Models the default eviction threshold nodefs.available<10%. */
export function observeDisk(view: View, node: NodeObject): Observation {
  const name = node.metadata.name as string;
  const changesAt: Instant[] = [];
  const usages = podsOn(view, node).map((pod) => diskUsage(view, pod, changesAt));
  const images = view.runtimeKeys(imageKey(name, '')).reduce((sum, key) => sum + (view.runtime<{ bytes: number }>(key)?.bytes ?? 0), 0);
  const capacity = amountsOf(node.status?.capacity).get('ephemeral-storage') ?? 0;
  const availableBytes = Math.max(0, capacity - DISK_SYSTEM_BYTES - images - total(usages));
  return { resource: 'ephemeral-storage', thresholdBytes: Math.floor(capacity / 10), availableBytes, usages, changesAt };
}

function diskUsage(view: View, pod: PodObject, changesAt: Instant[]): Usage {
  const state = view.runtime<PodState>(podKeyOf(pod.metadata.uid as string));
  if (!state) return { pod, containers: [], bytes: 0 };
  const read = (phases: ReturnType<typeof storageDemand>, since: Instant): number => {
    if (!phases) return 0;
    const { nano, changesAtMs } = phaseAt(phases, view.now - since);
    if (changesAtMs !== undefined) changesAt.push(since + changesAtMs);
    return nano / 1e9;
  };
  const containers = state.containers.flatMap(({ name, step, run }) =>
    step === 'running' && run ? [{ name, bytes: read(storageDemand(pod, name), run.startedAt) }] : [],
  );
  const since = state.sandboxAt ?? state.admittedAt;
  const volumes = (pod.spec.volumes ?? []).reduce((sum, volume) => sum + (volume.emptyDir ? read(volumeDemand(pod, volume.name), since) : 0), 0);
  return { pod, containers, bytes: volumes + containers.reduce((sum, { bytes }) => sum + bytes, 0) };
}
