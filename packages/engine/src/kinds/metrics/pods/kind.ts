import { toRfc3339 } from '../../../core/instant.ts';
import { objectKey } from '../../../core/key.ts';
import type { KubeObject } from '../../../core/object.ts';
import { defineKind, type KindContext } from '../../../machinery/kind.ts';
import { notFound } from '../../../machinery/status.ts';
import type { PodObject } from '../../shared/pod.ts';
import { Meter, RESOLUTION_MS } from '../meter.ts';
import { cpuText, memoryText } from '../quantities.ts';
import { usageColumns } from '../usage-columns.ts';
import { wobble } from '../wobble.ts';

function metricsOf(meter: Meter, pod: PodObject, { seed, now }: KindContext): KubeObject | undefined {
  const { reading } = meter.pod(pod);
  if (!reading) return undefined;
  const { name, namespace, labels, uid } = pod.metadata;
  return {
    kind: 'PodMetrics',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: { name, namespace, creationTimestamp: toRfc3339(now), ...(labels ? { labels } : {}) } as KubeObject['metadata'],
    timestamp: toRfc3339(reading.at),
    window: `${RESOLUTION_MS / 1000}s`,
    containers: reading.containers.map((container) => {
      const around = wobble(seed, `${uid}/${container.name}`, reading.at);
      return { name: container.name, usage: { cpu: cpuText(container.cpuNano * around), memory: memoryText(container.memoryBytes * around) } };
    }),
  };
}

/** What containers use, as metrics-server answers it. */
export const podMetrics = defineKind({
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  kind: 'PodMetrics',
  plural: 'pods',
  singular: '',
  scope: 'Namespaced',
  schema: 'metrics.v1beta1.PodMetrics',
  verbs: ['get', 'list'],
  servedElsewhere: true,
  virtual: {
    get: (name, namespace, context) => {
      const pod = context.view.get(objectKey('core/pods', namespace, name)) as PodObject | undefined;
      const metrics = pod && metricsOf(new Meter(context.view, context.now), pod, context);
      if (!metrics) throw notFound('metrics.k8s.io', 'podmetrics', `${namespace}/${name}`);
      return metrics;
    },
    list: (namespace, context) => {
      const meter = new Meter(context.view, context.now);
      const pods = context.view.list('core/pods', namespace) as PodObject[];
      return pods.flatMap((pod) => metricsOf(meter, pod, context) ?? []);
    },
  },
  columns: usageColumns((metrics) => (metrics.containers ?? []).map((container: KubeObject) => container.usage)),
  exactColumns: true,
});
