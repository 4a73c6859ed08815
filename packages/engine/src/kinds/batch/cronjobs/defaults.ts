import type { KubeObject } from '../../../core/object.ts';
import { defaultJobTemplate } from '../jobs/defaults.ts';

// Models SetDefaults_CronJob in pkg/apis/batch/v1/defaults.go.
export function defaults(cronJob: KubeObject): void {
  cronJob.spec ??= {};
  const { spec } = cronJob;
  spec.concurrencyPolicy ||= 'Allow';
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
  spec.jobTemplate ??= {};
  spec.jobTemplate.metadata ??= {};
  spec.jobTemplate.spec ??= {};
  defaultJobTemplate(spec.jobTemplate.spec);
}
