import { defineKind } from '../../../machinery/kind.ts';
import { nameIsDnsLabel } from '../../shared/names.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';
import { warnings } from './warnings.ts';

export const statefulSet = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  shortNames: ['sts'],
  categories: ['all'],
  scope: 'Namespaced',
  schema: 'apps.v1.StatefulSet',
  subresources: {
    status: true,
    scale: {
      specReplicasPath: 'spec.replicas',
      statusReplicasPath: 'status.replicas',
      selectorPath: 'spec.selector',
    },
  },
  generation: true,
  nameRule: nameIsDnsLabel,
  defaults,
  validate,
  validateUpdate,
  validateStatusUpdate,
  warnings,
  columns,
  exactColumns: true,
});
