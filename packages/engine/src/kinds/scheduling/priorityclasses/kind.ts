import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { validate, validateUpdate } from './validate.ts';

export const priorityClass = defineKind({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  shortNames: ['pc'],
  scope: 'Cluster',
  schema: 'scheduling.v1.PriorityClass',
  generation: true,
  // Models SetDefaults_PriorityClass in pkg/apis/scheduling/v1/defaults.go.
  defaults: (priorityClass) => {
    priorityClass.value ??= 0;
    priorityClass.preemptionPolicy ??= 'PreemptLowerPriority';
  },
  validate,
  validateUpdate,
  columns,
  exactColumns: true,
});
