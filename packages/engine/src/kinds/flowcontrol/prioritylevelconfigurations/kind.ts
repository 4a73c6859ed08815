import { defineKind } from '../../../machinery/kind.ts';
import { validateFlowStatus } from '../../rules/flow-conditions.ts';
import { keepMetadata } from '../../shared/status-writes.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate } from './validate.ts';

export const priorityLevelConfiguration = defineKind({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'PriorityLevelConfiguration',
  plural: 'prioritylevelconfigurations',
  scope: 'Cluster',
  schema: 'flowcontrol.v1.PriorityLevelConfiguration',
  updatesNameRevision: true,
  subresources: { status: true },
  prepareForStatusUpdate: keepMetadata,
  generation: true,
  defaults,
  validate,
  validateUpdate: validate,
  validateStatusUpdate: validateFlowStatus,
  columns,
  exactColumns: true,
});
