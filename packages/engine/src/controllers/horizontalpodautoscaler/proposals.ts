import type { KubeObject } from '../../core/object.ts';
import type { View } from '../../core/txn.ts';
import { quantityMilliValue } from '../../machinery/decode/quantity.ts';
import type { Registry } from '../../machinery/registry.ts';
import { selectorText } from '../shared/selector-text.ts';
import { milliText } from './amounts.ts';
import { averageReplicas, MetricError, type Outcome, type Survey, shareReplicas, totalReplicas, utilizationReplicas } from './calculator.ts';
import { externalFigure, objectFigure, podSamples, resourceSamples } from './sources.ts';
import type { Target } from './target.ts';

type Part = KubeObject[string];

export interface Question {
  view: View;
  registry: Registry;
  hpa: KubeObject;
  target: Target;
  survey: Survey;
}

/** How many replicas one metric asks for. */
export interface Proposal {
  replicas: number;
  /** What the events call it. */
  metric: string;
  status: Part;
}

const current = ({ average, utilization }: Outcome): Part => ({
  averageValue: milliText(average),
  ...(utilization === undefined ? {} : { averageUtilization: utilization }),
});

/** Adds what was being done to an error's words. */
function saying<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MetricError) throw new MetricError(prefix + error.message);
    throw error;
  }
}

// Models computeStatusForResourceMetricGeneric in pkg/controller/podautoscaler/horizontal.go.
function byResource(
  { view, target, survey }: Question,
  { name, container = '', target: wanted }: Part,
  adjective: string,
): { outcome: Outcome; metric: string } {
  return saying(`failed to get ${name} ${wanted.averageValue === undefined ? 'utilization' : 'usage'}: `, () => {
    const samples = saying(`unable to get metrics for resource ${name}: `, () => resourceSamples(view, survey, name, container));
    if (wanted.averageValue !== undefined) {
      const outcome = averageReplicas(survey, samples, target.replicas, quantityMilliValue(wanted.averageValue), name);
      return { outcome, metric: `${name} ${adjective}resource` };
    }
    const outcome = utilizationReplicas(survey, samples, target.replicas, wanted.averageUtilization, name, container);
    return { outcome, metric: `${name} ${adjective}resource utilization (percentage of request)` };
  });
}

function forResource(question: Question, { resource }: Part): Proposal {
  const { outcome, metric } = byResource(question, resource, '');
  return { replicas: outcome.replicas, metric, status: { type: 'Resource', resource: { name: resource.name, current: current(outcome) } } };
}

function forContainerResource(question: Question, { containerResource: source }: Part): Proposal {
  const { outcome, metric } = byResource(question, source, 'container ');
  const status = { name: source.name, container: source.container, current: current(outcome) };
  return { replicas: outcome.replicas, metric, status: { type: 'ContainerResource', containerResource: status } };
}

function forPods({ target, survey }: Question, { pods }: Part): Proposal {
  const { name } = pods.metric;
  const samples = saying(`unable to get metric ${name}: `, () => podSamples(survey, name));
  const outcome = averageReplicas(survey, samples, target.replicas, quantityMilliValue(pods.target.averageValue), '');
  return {
    replicas: outcome.replicas,
    metric: `pods metric ${name}`,
    status: { type: 'Pods', pods: { metric: pods.metric, current: current(outcome) } },
  };
}

/** One figure against a value for all pods or for each of them. */
function byFigure({ target, survey }: Question, wanted: Part, figure: number): { replicas: number; current: Part } {
  if (wanted.value !== undefined) {
    const ratio = figure / quantityMilliValue(wanted.value);
    return { replicas: totalReplicas(survey, target.replicas, ratio), current: { value: milliText(figure) } };
  }
  const outcome = shareReplicas(survey, target.statusReplicas, figure, quantityMilliValue(wanted.averageValue));
  return { replicas: outcome.replicas, current: { averageValue: milliText(outcome.average) } };
}

function forObject(question: Question, { object }: Part): Proposal {
  const { view, registry, hpa } = question;
  const { metric, describedObject, target } = object;
  const namespace = hpa.metadata.namespace as string;
  const prefix = `unable to get metric ${metric.name}: ${describedObject.kind} on ${namespace} ${describedObject.name}/`;
  const figure = saying(prefix, () => objectFigure(view, registry, namespace, describedObject, metric.name));
  const found = byFigure(question, target, figure);
  const status = { type: 'Object', object: { metric, current: found.current, describedObject } };
  return { replicas: found.replicas, metric: `${describedObject.kind} metric ${metric.name}`, status };
}

function forExternal(question: Question, { external }: Part): Proposal {
  const { metric, target } = external;
  const name: string = metric.name;
  const selector = selectorText(metric.selector);
  const figure = saying(`unable to get external metric ${question.hpa.metadata.namespace}/${name}/${selector}: `, () =>
    externalFigure(question.hpa, name),
  );
  const found = byFigure(question, target, figure);
  return {
    replicas: found.replicas,
    metric: `external metric ${name}(${selector})`,
    status: { type: 'External', external: { metric, current: found.current } },
  };
}

export interface Source {
  propose: (question: Question, metric: Part) => Proposal;
  /** Reason of the condition and of the event where the figures cannot be had. */
  failure: string;
  /** What upstream puts before the error once more. */
  prefix: (metric: Part) => string;
}

export const SOURCES = new Map<string, Source>([
  [
    'Resource',
    { propose: forResource, failure: 'FailedGetResourceMetric', prefix: ({ resource }) => `failed to get ${resource.name} resource metric value: ` },
  ],
  [
    'ContainerResource',
    {
      propose: forContainerResource,
      failure: 'FailedGetContainerResourceMetric',
      prefix: ({ containerResource }) => `failed to get ${containerResource.container} container metric value: `,
    },
  ],
  ['Pods', { propose: forPods, failure: 'FailedGetPodsMetric', prefix: () => 'failed to get pods metric value: ' }],
  ['Object', { propose: forObject, failure: 'FailedGetObjectMetric', prefix: () => 'failed to get object metric value: ' }],
  [
    'External',
    {
      propose: forExternal,
      failure: 'FailedGetExternalMetric',
      prefix: ({ external }) =>
        `failed to get ${external.metric.name} external metric value: failed to get ${external.target.averageValue === undefined ? `external metric ${external.metric.name}` : `${external.metric.name} external metric`}: `,
    },
  ],
]);
