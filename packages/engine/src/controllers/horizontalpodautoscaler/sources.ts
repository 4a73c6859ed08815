import { objectKey } from '../../core/key.ts';
import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { Meter, RESOLUTION_MS } from '../../kinds/metrics/meter.ts';
import type { PodObject } from '../../kinds/shared/pod.ts';
import { quantityMilliValue } from '../../machinery/decode/quantity.ts';
import { outage } from '../../machinery/elsewhere.ts';
import { resourceOf } from '../../machinery/kind.ts';
import type { Registry } from '../../machinery/registry.ts';
import type { Pod } from '../shared/objects.ts';
import type { Milli } from './amounts.ts';
import { MetricError, type Samples, type Survey } from './calculator.ts';
import { kindOf, type TargetReference } from './target.ts';

const METRICS = { group: 'metrics.k8s.io', version: 'v1beta1' };
const CUSTOM = 'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';
const EXTERNAL = 'unable to fetch metrics from external metrics API: no external metrics API (external.metrics.k8s.io) registered';
/** Models metricServerDefaultMetricWindow of pkg/controller/podautoscaler/metrics. */
const CUSTOM_WINDOW_MS = 60_000;

/** Annotations stand in for the adapters that serve such metrics in real clusters. */
export const METRIC_ANNOTATION = 'sim.vivakube.dev/metric.';

function annotated({ metadata }: Pick<KubeObject, 'metadata'>, metric: string): Milli | undefined {
  const text = metadata.annotations?.[METRIC_ANNOTATION + metric];
  if (text === undefined) return undefined;
  try {
    return quantityMilliValue(text);
  } catch {
    // What is no quantity is no figure: the metric counts as absent, which the HPA's condition says.
    return undefined;
  }
}

/** Usage of the pods as metrics.k8s.io has it, without the wobble that only people look at. Models GetResourceMetric. */
export function resourceSamples(view: View, { pods, now, horizon }: Survey, resource: string, container: string): Samples {
  const problem = outage(view, METRICS);
  if (problem) throw new MetricError(`unable to fetch metrics from resource metrics API: ${problem.message} (get pods.metrics.k8s.io)`);
  const meter = new Meter(view, now);
  const samples: Samples = new Map();
  for (const pod of pods) {
    const metered = meter.pod(pod as unknown as PodObject);
    if (!metered.reading) {
      if (metered.availableAt !== undefined) horizon(metered.availableAt);
      continue;
    }
    const { reading } = metered;
    if (reading.changesAt !== undefined) horizon(reading.changesAt);
    const containers = reading.containers.filter(({ name }) => container === '' || name === container);
    if (containers.length === 0) {
      const { namespace, name } = pod.metadata;
      throw new MetricError(`failed to get container metrics: container ${container} not present in metrics for pod ${namespace}/${name}`);
    }
    const value = containers.reduce((sum, { cpuNano, memoryBytes }) => sum + (resource === 'cpu' ? Math.ceil(cpuNano / 1e6) : memoryBytes * 1000), 0);
    if (resource === 'cpu' || resource === 'memory') samples.set(pod.metadata.name, { value, at: reading.at, windowMs: RESOLUTION_MS });
  }
  if (samples.size === 0) throw new MetricError('no metrics returned from resource metrics API');
  return samples;
}

/** Models GetRawMetric. */
export function podSamples({ pods, now }: Survey, metric: string): Samples {
  const samples: Samples = new Map();
  for (const pod of pods) {
    const value = annotated(pod as Pick<Pod, 'metadata'> as never, metric);
    if (value !== undefined) samples.set(pod.metadata.name, { value, at: now, windowMs: CUSTOM_WINDOW_MS });
  }
  if (samples.size === 0) throw new MetricError(CUSTOM);
  return samples;
}

/** Models GetObjectMetric. */
export function objectFigure(view: View, registry: Registry, namespace: string, reference: TargetReference, metric: string): Milli {
  const kind = kindOf(registry, reference);
  const object = kind && view.get(objectKey(resourceOf(kind), kind.scope === 'Namespaced' ? namespace : '', reference.name));
  const value = object && annotated(object, metric);
  if (value === undefined) throw new MetricError(CUSTOM);
  return value;
}

/** External metrics have no object of their own: the HPA's annotations say them. Models GetExternalMetric. */
export function externalFigure(hpa: KubeObject, metric: string): Milli {
  const value = annotated(hpa, metric);
  if (value === undefined) throw new MetricError(EXTERNAL);
  return value;
}
