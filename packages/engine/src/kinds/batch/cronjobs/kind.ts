import { defineKind } from '../../../machinery/kind.ts';
import { jobWarningsAt } from '../jobs/warnings.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateUpdate } from './validate.ts';

export const cronJob = defineKind({
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  shortNames: ['cj'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'batch.v1.CronJob',
  subresources: { status: true },
  generation: true,
  defaults,
  validate,
  validateUpdate,
  warnings: jobWarningsAt('spec.jobTemplate.spec', (spec) => spec.jobTemplate?.spec),
  columns,
  exactColumns: true,
});
