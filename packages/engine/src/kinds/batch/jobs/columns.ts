import { type Instant, parseRfc3339 } from '../../../core/instant.ts';
import type { KubeObject } from '../../../core/object.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { containerColumns, selectorColumn } from '../../cells/templates.ts';
import { humanDuration } from '../../shared/age.ts';
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
    'Specifies the desired number of successfully finished pods the job should be run with.  Setting to null means that the success of any pod signals the success of all pods, and allows parallelism to have any positive value.  Setting to 1 means that parallelism is limited to 1 and the success of that pod signals the success of the job. More info: https://kubernetes.io/docs/concepts/workloads/controllers/jobs-run-to-completion/',
    completions,
  ),
  text('Duration', 'Time required to complete the job.', (job, { now }) => duration(job, now)),
  ageColumn,
  ...containerColumns(),
  selectorColumn(
    'A label query over pods that should match the pod count. Normally, the system sets this field for you. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
  ),
];
