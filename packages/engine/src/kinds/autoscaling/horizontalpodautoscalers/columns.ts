import type { KubeObject } from '../../../core/object.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import type { Part } from '../../shared/fields.ts';

const UNKNOWN = '<unknown>';
const METRICS_SHOWN = 2;

/** Metrics that are a figure: per pod where the target is an average. */
function figure(target: Part, current: Part): string {
  if (target?.averageValue === undefined) return `${current?.value ?? UNKNOWN}/${target?.value}`;
  return `${current?.averageValue ?? UNKNOWN}/${target.averageValue} (avg)`;
}

function usage(name: string, target: Part, current: Part): string {
  if (target?.averageValue !== undefined) return `${name}: ${current?.averageValue ?? UNKNOWN}/${target.averageValue}`;
  const percent = (value: number | undefined, none: string): string => (value === undefined ? none : `${value}%`);
  return `${name}: ${percent(current?.averageUtilization, UNKNOWN)}/${percent(target?.averageUtilization, '<auto>')}`;
}

function metricText(spec: Part, status: Part): string {
  switch (spec.type) {
    case 'External':
      return figure(spec.external?.target, status?.external?.current);
    case 'Object':
      return figure(spec.object?.target, status?.object?.current);
    case 'Pods':
      return `${status?.pods?.current?.averageValue ?? UNKNOWN}/${spec.pods?.target?.averageValue}`;
    case 'Resource':
      return usage(spec.resource?.name, spec.resource?.target, status?.resource?.current);
    case 'ContainerResource':
      return usage(spec.containerResource?.name, spec.containerResource?.target, status?.containerResource?.current);
    default:
      return '<unknown type>';
  }
}

/** Models formatHPAMetrics in pkg/printers/internalversion/printers.go. */
function targets({ spec, status }: KubeObject): string {
  const metrics: Part[] = spec?.metrics ?? [];
  if (metrics.length === 0) return '<none>';
  const shown = metrics.slice(0, METRICS_SHOWN).map((metric, i) => metricText(metric, status?.currentMetrics?.[i]));
  const more = metrics.length - shown.length;
  return more > 0 ? `${shown.join(', ')} + ${more} more...` : shown.join(', ');
}

export const columns = [
  nameColumn,
  text(
    'Reference',
    'scaleTargetRef points to the target resource to scale, and is used to the pods for which metrics should be collected, as well as to actually change the replica count.',
    ({ spec }) => `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`,
  ),
  text(
    'Targets',
    'metrics contains the specifications for which to use to calculate the desired replica count (the maximum replica count across all metrics will be used).  The desired replica count is calculated multiplying the ratio between the target value and the current value by the current number of pods.  Ergo, metrics used must decrease as the pod count is increased, and vice-versa.  See the individual metric source types for more information about how each type of metric must respond. If not set, the default metric will be set to 80% average CPU utilization.',
    targets,
  ),
  text(
    'MinPods',
    'minReplicas is the lower limit for the number of replicas to which the autoscaler can scale down.  It defaults to 1 pod.  minReplicas is allowed to be 0 if the alpha feature gate HPAScaleToZero is enabled and at least one Object or External metric is configured.  Scaling is active as long as at least one metric value is available.',
    ({ spec }) => String(spec?.minReplicas ?? '<unset>'),
  ),
  text(
    'MaxPods',
    'maxReplicas is the upper limit for the number of replicas to which the autoscaler can scale up. It cannot be less that minReplicas.',
    ({ spec }) => spec?.maxReplicas ?? 0,
  ),
  text(
    'Replicas',
    'currentReplicas is current number of replicas of pods managed by this autoscaler, as last seen by the autoscaler.',
    ({ status }) => status?.currentReplicas ?? 0,
  ),
  ageColumn,
];
