import { defineKind } from '../../../machinery/kind.ts';
import { orphan } from '../../rules/orphan.ts';
import { namingTemplateWarningsAt } from '../../shared/podspec/workload-warnings.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';

export const replicaSet = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  shortNames: ['rs'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'apps.v1.ReplicaSet',
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
  validate,
  validateUpdate,
  validateStatusUpdate,
  fieldSelectors: {
    'status.replicas': ({ status }) => String(status?.replicas ?? 0),
  },
  indexes: { orphan },
  warnings: namingTemplateWarningsAt('spec.template', (spec) => spec.template),
  columns,
  exactColumns: true,
});
