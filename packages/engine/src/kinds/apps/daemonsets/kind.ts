import { defineKind } from '../../../machinery/kind.ts';
import { templateWarningsAt } from '../../shared/podspec/workload-warnings.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { countTemplateChange, startTemplateCount } from './template-generation.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';

export const daemonSet = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  shortNames: ['ds'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'apps.v1.DaemonSet',
  subresources: { status: true },
  generation: true,
  defaults,
  prepareForCreate: startTemplateCount,
  prepareForUpdate: countTemplateChange,
  validate,
  validateUpdate,
  validateStatusUpdate,
  warnings: templateWarningsAt('spec.template', (spec) => spec.template),
  columns,
  exactColumns: true,
});
