import type { Container } from '@vivakube/schema/types/core.v1';
import { chance } from '../../core/chance.ts';
import { type Instant, parseRfc3339 } from '../../core/instant.ts';
import type { ObjectKey } from '../../core/key.ts';
import type { View } from '../../core/txn.ts';
import { podsSelected } from '../core/labelled/pods.ts';
import { servicesSelecting } from '../core/labelled/services.ts';
import { silenceKey } from '../shared/node-fault.ts';
import { conditionOf, type PodObject } from '../shared/pod.ts';
import { nano } from '../shared/quantity.ts';
import { cpuDemand, memoryDemand } from './demand.ts';
import { type Load, loadsByService, loadsOfPod } from './load.ts';
import { profileOf } from './profiles.ts';
import { type Phase, phaseAt } from './schedule.ts';

/** Models metrics-server's --metric-resolution, set finer than its 15 s. */
export const RESOLUTION_MS = 5000;
/** Models freshContainerMinMetricsResolution: a new container's start stands for the first look at it. */
const FRESH_MS = 1000;
/** What the client of a loop itself needs for a request. */
const CLIENT_CPU_MS = 1.5;
const MI = 1024 * 1024;

export interface ContainerReading {
  name: string;
  cpuNano: number;
  memoryBytes: number;
}

export interface PodReading {
  containers: ContainerReading[];
  /** When it was taken. */
  at: Instant;
  /** When any of its figures changes by the passing of time alone. */
  changesAt?: Instant;
}

/** Either figures, or when there will be some if nothing else happens. */
export type Metered = { reading: PodReading } | { reading: undefined; availableAt?: Instant };

/** Limits as they are in effect: those of the spec may still be on their way. */
type Running = { spec: Container; startedAt: Instant; limits: Record<string, string> };

/** Reads usage as it is at one instant: a pure function of the state, so that nobody has to measure. */
export class Meter {
  private readonly loads: Map<ObjectKey, Load[]>;
  private readonly shares = new Map<ObjectKey, { requestsPerSecond: (requestMs: number) => number }>();

  constructor(
    private readonly view: View,
    private readonly now: Instant,
  ) {
    this.loads = loadsByService(view);
  }

  /** When usage was last looked at. */
  get lastScrape(): Instant {
    return this.view.settings.timing === 'instant' ? this.now : Math.floor(this.now / RESOLUTION_MS) * RESOLUTION_MS;
  }

  pod(pod: PodObject): Metered {
    const running = runningContainers(pod);
    if (running.length === 0 || this.isSilent(pod.spec.nodeName)) return { reading: undefined };
    const availableAt = this.availableAt(Math.max(...running.map(({ startedAt }) => startedAt)));
    if (availableAt > this.now) return { reading: undefined, availableAt };
    const perSecond = this.requestsOn(pod);
    const changes: Instant[] = [];
    const containers = running.map((container) => this.container(pod, container, perSecond, changes));
    const at = Math.max(this.lastScrape, availableAt);
    return { reading: { containers, at, ...(changes.length > 0 ? { changesAt: Math.min(...changes) } : {}) } };
  }

  /** Whether nobody can look at what a node uses. */
  isSilent(node: string | undefined): boolean {
    return node !== undefined && this.view.runtime(silenceKey(node)) !== undefined;
  }

  /** Usage is a difference over some time. */
  private availableAt(startedAt: Instant): Instant {
    return this.view.settings.timing === 'instant' ? startedAt : startedAt + FRESH_MS;
  }

  private container(
    pod: PodObject,
    { spec, startedAt, limits }: Running,
    requestsOn: (requestMs: number) => number,
    changes: Instant[],
  ): ContainerReading {
    const { name, image = '' } = spec;
    const { cpuMilli, memoryMi, requestCpuMs, requestMs } = profileOf(image);
    const asked = (phases: Phase[] | undefined): number | undefined => {
      const phase = phases && phaseAt(phases, this.now - startedAt);
      if (phase?.changesAtMs !== undefined) changes.push(startedAt + phase.changesAtMs);
      return phase?.nano;
    };
    const own = (purpose: string): number => 0.9 + 0.2 * chance(this.view.seed, pod.metadata.uid ?? '', name, purpose);
    const served = requestsOn(requestMs) * requestCpuMs;
    const cpuNano = asked(cpuDemand(pod, spec)) ?? Math.round((cpuMilli * own('cpu') + served + clientMilli(pod, this.loads)) * 1e6);
    const memory = asked(memoryDemand(pod, spec));
    const memoryBytes = memory === undefined ? Math.round(memoryMi * own('memory') * MI) : Math.round(memory / 1e9);
    return { name, cpuNano: capped(cpuNano, Number(nano(limits.cpu))), memoryBytes: capped(memoryBytes, Number(nano(limits.memory)) / 1e9) };
  }

  /** Requests per second that reach this pod through the services that select it, given how long each takes. */
  private requestsOn(pod: PodObject): (requestMs: number) => number {
    if (this.loads.size === 0 || conditionOf(pod.status, 'Ready')?.status !== 'True' || pod.metadata.deletionTimestamp) return () => 0;
    const services = servicesSelecting(this.view, pod.metadata.namespace as string, pod.metadata.labels).filter((key) => this.loads.has(key));
    return (requestMs) => services.reduce((sum, key) => sum + this.share(key).requestsPerSecond(requestMs), 0);
  }

  /** One ready pod's share of the requests to a service. */
  private share(key: ObjectKey): { requestsPerSecond: (requestMs: number) => number } {
    const known = this.shares.get(key);
    if (known) return known;
    const service = this.view.get(key);
    const pods = podsSelected(this.view, service?.metadata.namespace as string, { matchLabels: service?.spec?.selector }) as PodObject[];
    const ready = pods.filter((pod) => conditionOf(pod.status, 'Ready')?.status === 'True' && pod.metadata.deletionTimestamp === undefined).length;
    const loads = this.loads.get(key) ?? [];
    const requestsPerSecond = (requestMs: number): number =>
      loads.reduce((sum, { pauseMs }) => sum + 1000 / (pauseMs + requestMs), 0) / Math.max(1, ready);
    const share = { requestsPerSecond };
    this.shares.set(key, share);
    return share;
  }
}

const capped = (value: number, limit: number): number => (limit > 0 ? Math.min(value, limit) : value);

function clientMilli(pod: PodObject, all: ReadonlyMap<ObjectKey, Load[]>): number {
  if (all.size === 0) return 0;
  return loadsOfPod(pod).reduce((sum, { pauseMs }) => sum + (1000 / (pauseMs + 10)) * CLIENT_CPU_MS, 0);
}

function runningContainers(pod: PodObject): Running[] {
  if (pod.status?.phase !== 'Running' && pod.status?.phase !== 'Pending') return [];
  const statuses = new Map(
    [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])].map((status) => [status.name, status]),
  );
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].flatMap((spec) => {
    const status = statuses.get(spec.name);
    const startedAt = parseRfc3339(status?.state?.running?.startedAt ?? '');
    if (startedAt === undefined) return [];
    return [{ spec, startedAt, limits: status?.resources?.limits ?? spec.resources?.limits ?? {} }];
  });
}
