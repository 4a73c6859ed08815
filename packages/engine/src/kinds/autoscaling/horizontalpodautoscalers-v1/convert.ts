import type { KubeObject } from '../../../core/object.ts';
import type { Part } from '../../shared/fields.ts';
import { goStruct } from '../../shared/go/show.ts';
import { specToV1, specToV2, statusToV1, statusToV2 } from './metrics.ts';

// Models pkg/apis/autoscaling/v1/conversion.go and annotations.go.
const PREFIX = 'autoscaling.alpha.kubernetes.io/';
const METRICS = `${PREFIX}metrics`;
const CURRENT_METRICS = `${PREFIX}current-metrics`;
const CONDITIONS = `${PREFIX}conditions`;
const BEHAVIOR = `${PREFIX}behavior`;

const isCpuPercentage = ({ resource }: Part): boolean => resource?.name === 'cpu' && resource.target?.averageUtilization !== undefined;

const defined = (fields: Record<string, unknown>): Part => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** A behaviour's annotation has Go's names of its fields. */
function renamed(value: Part, rename: (name: string) => string): Part {
  if (Array.isArray(value)) return value.map((each) => renamed(each, rename));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, each]) => (each === null ? [] : [[rename(name), renamed(each, rename)]])));
}

const jsonName = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function specOfV2(spec: Part): { spec: Part; others: Part[] } {
  const { metrics = [], behavior: _behavior, ...rest } = spec;
  const cpu = metrics.find(isCpuPercentage);
  const percentage = cpu?.resource.target.averageUtilization;
  return { spec: defined({ ...rest, targetCPUUtilizationPercentage: percentage }), others: metrics.filter((metric: Part) => metric !== cpu) };
}

function statusOfV2(status: Part): Part {
  const { currentMetrics, conditions: _conditions, ...rest } = status;
  const cpu = (currentMetrics ?? []).find((metric: Part) => metric.resource?.name === 'cpu');
  return defined({ currentReplicas: 0, ...rest, currentCPUUtilizationPercentage: cpu?.resource.current?.averageUtilization });
}

export function fromV2(stored: KubeObject): KubeObject {
  const { spec, others } = specOfV2(stored.spec ?? {});
  const { currentMetrics = [], conditions = [] } = stored.status ?? {};
  const extra: Record<string, string> = {};
  if (others.length > 0) extra[METRICS] = JSON.stringify(others.map(specToV1));
  if (currentMetrics?.length > 0) extra[CURRENT_METRICS] = JSON.stringify(currentMetrics.map(statusToV1));
  if (conditions.length > 0) extra[CONDITIONS] = JSON.stringify(conditions);
  if (stored.spec?.behavior) extra[BEHAVIOR] = JSON.stringify(goStruct('HPABehavior', stored.spec.behavior));
  const annotations = { ...stored.metadata.annotations, ...extra };
  const metadata = Object.keys(annotations).length > 0 ? { ...stored.metadata, annotations } : stored.metadata;
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v1',
    metadata,
    spec,
    ...(stored.status ? { status: statusOfV2(stored.status) } : {}),
  };
}

/** What cannot be read is dropped, as upstream does. */
function parsed(text: string | undefined): Part {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function list(text: string | undefined, convert: (metric: Part) => Part): Part[] | undefined {
  const found = parsed(text);
  return Array.isArray(found) ? found.map(convert) : undefined;
}

export function toV2(object: KubeObject): KubeObject {
  const known = object.metadata?.annotations ?? {};
  const { [METRICS]: metricsText, [CURRENT_METRICS]: currentText, [CONDITIONS]: conditionsText, [BEHAVIOR]: behaviorText, ...annotations } = known;
  const { targetCPUUtilizationPercentage: percentage, ...spec } = object.spec ?? {};
  const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percentage } } };
  const metrics = [...(percentage === undefined ? [] : [cpu]), ...(list(metricsText, specToV2) ?? [])];
  const behavior = behaviorText === undefined ? undefined : renamed(parsed(behaviorText), jsonName);
  const { annotations: _annotations, ...metadata } = object.metadata ?? {};
  const { currentCPUUtilizationPercentage: _current, ...status } = object.status ?? {};
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v2',
    metadata: { ...metadata, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: defined({ ...spec, metrics: metrics.length > 0 ? metrics : undefined, behavior }),
    ...(object.status ? { status: defined({ ...status, currentMetrics: list(currentText, statusToV2), conditions: parsed(conditionsText) }) } : {}),
  };
}
