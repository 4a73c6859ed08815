import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { generateSelector } from './selector.ts';
import { validateStatusUpdate } from './status.ts';
import { validate, validateUpdate } from './validate.ts';
import { jobWarningsAt } from './warnings.ts';

export const job = defineKind({
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  plural: 'jobs',
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'batch.v1.Job',
  subresources: { status: true },
  generation: true,
  defaults,
  prepareForCreate: generateSelector,
  validate,
  validateUpdate,
  validateStatusUpdate,
  fieldSelectors: { 'status.successful': ({ status }) => String(status?.succeeded ?? 0) },
  // For back compatibility of batch/v1: DefaultGarbageCollectionPolicy in pkg/registry/batch/job/strategy.go.
  defaultPropagation: 'Orphan',
  orphanWarning:
    'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
  warnings: jobWarningsAt('spec', (spec) => spec),
  columns,
  exactColumns: true,
});
