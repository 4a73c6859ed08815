import type { Instant } from '../core/instant.ts';
import { hasDemands, storageDemand, volumeDemand } from '../kinds/metrics/demand.ts';
import { type Phase, phaseAt } from '../kinds/metrics/schedule.ts';
import { amountsOf, podRequests } from '../kinds/shared/pod-requests.ts';
import { nano } from '../kinds/shared/quantity.ts';
import { monitoredAt } from './pressure/monitor.ts';
import type { PodSync } from './sync.ts';

const NANO = 1e9;

interface Writer {
  name: string;
  since: Instant;
  phases: readonly Phase[];
}

export interface Excess {
  at: Instant;
  message: string;
}

/** When the eviction manager finds a pod with more on the node's disk than it may have. Models localStorageEviction in pkg/kubelet/eviction. */
export function storageExcess(sync: PodSync): Excess | undefined {
  const { pod, state } = sync;
  if (!hasDemands(pod) || state.stage !== 'running' || state.stopping) return undefined;
  const volumes = volumeWriters(sync);
  const containers = containerWriters(sync);
  const instants = [...volumes, ...containers].flatMap(({ since, phases }) => phases.map(({ fromMs }) => since + fromMs));
  for (const at of [...new Set(instants)].sort((a, b) => a - b)) {
    const message = excessAt(sync, volumes, containers, at);
    if (message !== undefined) return { at: monitoredAt(at, sync.timing.instant), message };
  }
  return undefined;
}

function volumeWriters({ pod, state }: PodSync): Writer[] {
  return (pod.spec.volumes ?? []).flatMap(({ name, emptyDir }) => {
    const phases = emptyDir && volumeDemand(pod, name);
    return phases ? [{ name, since: state.sandboxAt ?? state.admittedAt, phases }] : [];
  });
}

function containerWriters({ pod, state }: PodSync): Writer[] {
  return state.containers.flatMap(({ name, step, run }) => {
    const phases = step === 'running' && run ? storageDemand(pod, name) : undefined;
    return phases && run ? [{ name, since: run.startedAt, phases }] : [];
  });
}

const usedBy = ({ since, phases }: Writer, at: Instant): number => phaseAt(phases, at - since).nano / NANO;

function excessAt(sync: PodSync, volumes: Writer[], containers: Writer[], at: Instant): string | undefined {
  const { pod, specs } = sync;
  for (const volume of volumes) {
    const limit = pod.spec.volumes?.find((v) => v.name === volume.name)?.emptyDir?.sizeLimit;
    if (limit !== undefined && nano(limit) > 0n && usedBy(volume, at) > Number(nano(limit)) / NANO)
      return `Usage of EmptyDir volume "${volume.name}" exceeds the limit "${limit}". `;
  }
  const most = podRequests(pod, (container) => amountsOf(container.resources?.limits)).get('ephemeral-storage');
  const all = [...volumes, ...containers].reduce((sum, writer) => sum + usedBy(writer, at), 0);
  if (most !== undefined && all > most) return `Pod ephemeral local storage usage exceeds the total limit of containers ${binaryText(most)}. `;
  for (const container of containers) {
    const limit = specs.get(container.name)?.resources?.limits?.['ephemeral-storage'];
    if (limit !== undefined && nano(limit) > 0n && usedBy(container, at) > Number(nano(limit)) / NANO)
      return `Container ${container.name} exceeded its local ephemeral storage limit "${limit}". `;
  }
  return undefined;
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti'];

/** As resource.Quantity writes bytes: in the largest unit of which they are whole. */
export function binaryText(bytes: number): string {
  let amount = Math.round(bytes);
  let unit = 0;
  while (amount > 0 && amount % 1024 === 0 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${amount}${UNITS[unit]}`;
}
