import { defineKind } from '../../../machinery/kind.ts';
import { namingTemplateWarningsAt } from '../../shared/podspec/workload-warnings.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateStatusUpdate } from './validate.ts';

export const replicationController = defineKind({
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  shortNames: ['rc'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'core.v1.ReplicationController',
  subresources: {
    status: true,
    scale: { specReplicasPath: 'spec.replicas', statusReplicasPath: 'status.replicas', selectorPath: 'spec.selector' },
  },
  generation: true,
  // For back compatibility: DefaultGarbageCollectionPolicy in pkg/registry/core/replicationcontroller/strategy.go.
  defaultPropagation: 'Orphan',
  defaults,
  validate,
  validateUpdate: validate,
  validateStatusUpdate,
  fieldSelectors: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  warnings: namingTemplateWarningsAt('spec.template', (spec) => spec.template),
  columns,
  exactColumns: true,
});
