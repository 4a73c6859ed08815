import { type Instant, parseRfc3339, toRfc3339 } from '../../../core/instant.ts';
import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import { defineKind, type KindContext } from '../../../machinery/kind.ts';
import { notFound } from '../../../machinery/status.ts';
import { conditionOf, type NodeObject, type PodObject } from '../../shared/pod.ts';
import { Meter, RESOLUTION_MS } from '../meter.ts';
import { cpuText, memoryText } from '../quantities.ts';
import { usageColumns } from '../usage-columns.ts';
import { wobble } from '../wobble.ts';

/** What a node needs before it runs any pod: the system, the container runtime and the kubelet; and for each pod besides. */
const BASE = { cpuNano: 45e6, memoryBytes: 420 * 1024 * 1024 };
const PER_POD = { cpuNano: 0.8e6, memoryBytes: 3 * 1024 * 1024 };

/** Usage is a difference over some time; a server that says it is available has had it for the nodes that there were. */
function isMeasured(since: Instant, { view, now }: KindContext): boolean {
  if (view.settings.timing === 'instant' || now - since >= RESOLUTION_MS) return true;
  const service = view.get(objectKey('apiregistration.k8s.io/apiservices', '', 'v1beta1.metrics.k8s.io'));
  const available = conditionOf(service?.status as never, 'Available');
  const availableAt = available?.status === 'True' ? parseRfc3339(available.lastTransitionTime ?? '') : undefined;
  return availableAt !== undefined && since <= availableAt;
}

function metricsOf(meter: Meter, node: NodeObject, context: KindContext): KubeObject | undefined {
  const { view, seed, now } = context;
  const name = node.metadata.name as string;
  const since = parseRfc3339(node.metadata.creationTimestamp ?? '') ?? 0;
  const reachable = conditionOf(node.status as never, 'Ready')?.status === 'True';
  if (!reachable || meter.isSilent(name) || !isMeasured(since, context)) return undefined;
  let { cpuNano, memoryBytes } = BASE;
  for (const pod of view.indexed('core/pods', 'node', name) as PodObject[]) {
    const { reading } = meter.pod(pod);
    if (!reading) continue;
    cpuNano += PER_POD.cpuNano;
    memoryBytes += PER_POD.memoryBytes;
    for (const container of reading.containers) {
      cpuNano += container.cpuNano;
      memoryBytes += container.memoryBytes;
    }
  }
  const around = wobble(seed, name, meter.lastScrape);
  const { labels } = node.metadata;
  return {
    kind: 'NodeMetrics',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: { name, creationTimestamp: toRfc3339(now), ...(labels ? { labels } : {}) } as KubeObject['metadata'],
    timestamp: toRfc3339(meter.lastScrape),
    window: `${RESOLUTION_MS / 1000}s`,
    usage: { cpu: cpuText(cpuNano * around), memory: memoryText(memoryBytes * around) },
  };
}

/** What nodes use, as metrics-server answers it. */
export const nodeMetrics = defineKind({
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  kind: 'NodeMetrics',
  plural: 'nodes',
  singular: '',
  scope: 'Cluster',
  schema: 'metrics.v1beta1.NodeMetrics',
  verbs: ['get', 'list'],
  servedElsewhere: true,
  virtual: {
    get: (name, _namespace, context) => {
      const node = context.view.get(objectKey('core/nodes', '', name)) as NodeObject | undefined;
      const metrics = node && metricsOf(new Meter(context.view, context.now), node, context);
      if (!metrics) throw notFound('metrics.k8s.io', 'nodemetrics', name);
      return metrics;
    },
    list: (_namespace, context) => {
      const meter = new Meter(context.view, context.now);
      return (context.view.list('core/nodes') as NodeObject[]).flatMap((node) => metricsOf(meter, node, context) ?? []);
    },
  },
  columns: usageColumns(({ usage }) => [usage ?? {}]),
  exactColumns: true,
});
