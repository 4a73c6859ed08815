import type { Instant } from '../core/instant.ts';
import { Meter } from '../kinds/metrics/meter.ts';
import { amountOf } from '../kinds/shared/pod-requests.ts';
import type { ContainerState } from './state.ts';
import { type PodSync, specOf } from './sync.ts';

/** What a container with its memory would not survive is not done to it. */
export interface Hindrance {
  message: string;
  /** When the usage is another by itself. */
  until?: Instant;
}

/** Models validateMemoryResizeAction in pkg/kubelet/kuberuntime: limits do not fall below what is used. */
export function memoryHindrance(sync: PodSync): Hindrance | undefined {
  const shrinking = sync.state.containers.filter((c) => c.step === 'running' && shrinks(sync, c));
  if (shrinking.length === 0) return undefined;
  const { reading } = new Meter(sync.view, sync.now).pod(sync.pod);
  if (!reading) return undefined;
  const used = new Map(reading.containers.map(({ name, memoryBytes }) => [name, memoryBytes]));
  const problems = shrinking.flatMap((c) => {
    const [limit, usage] = [limitOf(c.resources?.allocated) as number, used.get(c.name) ?? 0];
    return limit < usage ? [`attempting to set container "${c.name}" memory limit (${limit}) below current usage (${usage})`] : [];
  });
  const whole = podProblem(
    sync,
    [...used.values()].reduce((sum, bytes) => sum + bytes, 0),
  );
  const all = [...(whole === undefined ? [] : [whole]), ...problems];
  if (all.length === 0) return undefined;
  const list = all.length === 1 ? all[0] : `[${all.join(', ')}]`;
  return { message: `cannot decrease memory limits: ${list}`, ...(reading.changesAt === undefined ? {} : { until: reading.changesAt }) };
}

const limitOf = (resources: { limits?: Record<string, string> } | undefined): number | undefined =>
  resources?.limits?.memory === undefined ? undefined : amountOf('memory', resources.limits.memory);

function shrinks(sync: PodSync, { name, resources }: ContainerState): boolean {
  const [before, after] = [limitOf(resources?.actual), limitOf(resources?.allocated)];
  const restarts = sync.specs.get(name)?.resizePolicy?.some((p) => p.resourceName === 'memory' && p.restartPolicy === 'RestartContainer');
  return before !== undefined && after !== undefined && after < before && !restarts;
}

/** A pod has a limit of its own where all of its containers have one. */
function podProblem(sync: PodSync, usage: number): string | undefined {
  let limit = 0;
  for (const container of sync.state.containers.filter((c) => c.role === 'app' || c.role === 'sidecar')) {
    const own = limitOf(container.resources?.allocated ?? specOf(sync, container).resources);
    if (own === undefined) return undefined;
    limit += own;
  }
  return limit < usage ? `attempting to set pod memory limit (${limit}) below current usage (${usage})` : undefined;
}
