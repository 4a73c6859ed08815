import { type Instant, parseRfc3339 } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import { humanDuration } from '../../../machinery/age.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { containerColumns, selectorColumn } from '../../cells/templates.ts';
import type { Part } from '../../shared/fields.ts';

function completions({ spec, status }: KubeObject): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec?.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec?.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function duration({ status }: KubeObject, now: Instant): string {
  const start = parseRfc3339(status?.startTime ?? '');
  if (start === undefined) return '';
  return humanDuration((parseRfc3339(status.completionTime ?? '') ?? now) - start);
}

function phase({ metadata, status }: KubeObject): string {
  const holds = (type: string): boolean => (status?.conditions ?? []).some((each: Part) => each.type === type && each.status === 'True');
  if (holds('Complete')) return 'Complete';
  if (holds('Failed')) return 'Failed';
  if (metadata.deletionTimestamp) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(holds) ?? 'Running';
}

// Models printJob in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  text('Status', 'Status of the job.', phase),
  text(
    'Completions',
    'The number of pods which reached phase Succeeded. The value increases monotonically for a given spec. However, it may decrease in reaction to scale down of elastic indexed jobs.',
    completions,
  ),
  text('Duration', 'Time required to complete the job.', (job, { now }) => duration(job, now)),
  ageColumn,
  ...containerColumns(),
  selectorColumn(
    'A label query over pods that should match the pod count. Normally, the system sets this field for you. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
  ),
];
