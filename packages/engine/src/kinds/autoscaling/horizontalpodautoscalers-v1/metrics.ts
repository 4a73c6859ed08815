import type { Part } from '../../shared/fields.ts';

// Models pkg/apis/autoscaling/v1/conversion.go: version 1 knows one metric; the others travel in annotations, in a shape of their own.

const present = (fields: Record<string, unknown>): Part => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

type Renaming = readonly [inV2: string, inV1: string][];

/** Where the figures of each kind of metric stand in both versions. */
const SPEC: Readonly<Record<string, Renaming>> = {
  resource: [
    ['name', 'name'],
    ['target.averageUtilization', 'targetAverageUtilization'],
    ['target.averageValue', 'targetAverageValue'],
  ],
  containerResource: [
    ['name', 'name'],
    ['container', 'container'],
    ['target.averageUtilization', 'targetAverageUtilization'],
    ['target.averageValue', 'targetAverageValue'],
  ],
  pods: [
    ['metric.name', 'metricName'],
    ['metric.selector', 'selector'],
    ['target.averageValue', 'targetAverageValue'],
  ],
  object: [
    ['describedObject', 'target'],
    ['metric.name', 'metricName'],
    ['metric.selector', 'selector'],
    ['target.value', 'targetValue'],
    ['target.averageValue', 'averageValue'],
  ],
  external: [
    ['metric.name', 'metricName'],
    ['metric.selector', 'metricSelector'],
    ['target.value', 'targetValue'],
    ['target.averageValue', 'targetAverageValue'],
  ],
};

const STATUS: Readonly<Record<string, Renaming>> = {
  resource: [
    ['name', 'name'],
    ['current.averageUtilization', 'currentAverageUtilization'],
    ['current.averageValue', 'currentAverageValue'],
  ],
  containerResource: [
    ['name', 'name'],
    ['container', 'container'],
    ['current.averageUtilization', 'currentAverageUtilization'],
    ['current.averageValue', 'currentAverageValue'],
  ],
  pods: [
    ['metric.name', 'metricName'],
    ['metric.selector', 'selector'],
    ['current.averageValue', 'currentAverageValue'],
  ],
  object: [
    ['describedObject', 'target'],
    ['metric.name', 'metricName'],
    ['metric.selector', 'selector'],
    ['current.value', 'currentValue'],
    ['current.averageValue', 'averageValue'],
  ],
  external: [
    ['metric.name', 'metricName'],
    ['metric.selector', 'metricSelector'],
    ['current.value', 'currentValue'],
    ['current.averageValue', 'currentAverageValue'],
  ],
};

function at(from: Part, path: string): unknown {
  let value: Part = from;
  for (const field of path.split('.')) value = value?.[field];
  return value;
}

function put(into: Part, path: string, value: unknown): void {
  const [head, rest] = path.split('.') as [string, string | undefined];
  if (rest === undefined) into[head] = value;
  else {
    into[head] ??= {};
    into[head][rest] = value;
  }
}

const sourceOf = (metric: Part, table: Readonly<Record<string, Renaming>>): string | undefined => Object.keys(table).find((field) => metric[field]);

function toV1(metric: Part, table: Readonly<Record<string, Renaming>>): Part {
  const field = sourceOf(metric, table);
  if (field === undefined) return metric;
  const renaming = table[field] as Renaming;
  return { type: metric.type, [field]: present(Object.fromEntries(renaming.map(([inV2, inV1]) => [inV1, at(metric[field], inV2)]))) };
}

function toV2(metric: Part, table: Readonly<Record<string, Renaming>>): Part {
  const field = sourceOf(metric, table);
  if (field === undefined) return metric;
  const source: Part = {};
  for (const [inV2, inV1] of table[field] as Renaming) if (metric[field][inV1] !== undefined) put(source, inV2, metric[field][inV1]);
  if (source.target) source.target = { type: targetType(source.target), ...source.target };
  return { type: metric.type, [field]: source };
}

const targetType = (target: Part): string =>
  target.averageUtilization !== undefined ? 'Utilization' : target.averageValue !== undefined ? 'AverageValue' : 'Value';

export const specToV1 = (metric: Part): Part => toV1(metric, SPEC);
export const specToV2 = (metric: Part): Part => toV2(metric, SPEC);
export const statusToV1 = (metric: Part): Part => toV1(metric, STATUS);
export const statusToV2 = (metric: Part): Part => toV2(metric, STATUS);
