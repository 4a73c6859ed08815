import type { KubeObject } from '../../../core/object.ts';
import { defaultPodTemplate } from '../../rules/pod-template.ts';
import type { Part } from '../../shared/fields.ts';

const INT32_MAX = 2_147_483_647;

function defaultCounts(spec: Part): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : INT32_MAX;
}

function defaultFailurePolicy(policy: Part): void {
  for (const rule of policy?.rules ?? []) for (const pattern of rule.onPodConditions ?? []) pattern.status ||= 'True';
}

/** What jobs and the templates of cron jobs share. */
export function defaultJobTemplate(spec: Part): void {
  defaultPodTemplate(spec);
  defaultFailurePolicy(spec.podFailurePolicy);
}

// Models SetDefaults_Job in pkg/apis/batch/v1/defaults.go.
export function defaults(job: KubeObject): void {
  job.spec ??= {};
  const { spec } = job;
  defaultCounts(spec);
  const labels = spec.template?.metadata?.labels;
  if (labels && Object.keys(job.metadata.labels ?? {}).length === 0) job.metadata.labels = { ...labels };
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
  spec.manualSelector ??= false;
  defaultJobTemplate(spec);
}
