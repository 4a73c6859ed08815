import { defineKind } from '../../../machinery/kind.ts';
import { namingTemplateWarningsAt } from '../../shared/podspec/workload-warnings.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { prepareForUpdate } from './prepare.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';

export const deployment = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  shortNames: ['deploy'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'apps.v1.Deployment',
  subresources: {
    status: true,
    scale: {
      specReplicasPath: 'spec.replicas',
      statusReplicasPath: 'status.replicas',
      selectorPath: 'spec.selector',
    },
  },
  generation: true,
  defaults,
  prepareForUpdate,
  validate,
  validateUpdate,
  validateStatusUpdate,
  warnings: namingTemplateWarningsAt('spec.template', (spec) => spec.template),
  columns,
  exactColumns: true,
});
