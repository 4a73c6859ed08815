import { defineKind } from '../../../machinery/kind.ts';
import { validateFlowStatus } from '../../rules/flow-conditions.ts';
import { keepMetadata } from '../../shared/status-writes.ts';
import { columns } from './columns.ts';
import { validate } from './validate.ts';

const MATCHING_PRECEDENCE = 1000;

export const flowSchema = defineKind({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'FlowSchema',
  plural: 'flowschemas',
  scope: 'Cluster',
  schema: 'flowcontrol.v1.FlowSchema',
  updatesNameRevision: true,
  subresources: { status: true },
  prepareForStatusUpdate: keepMetadata,
  generation: true,
  // Models SetDefaults_FlowSchemaSpec in pkg/apis/flowcontrol/v1/defaults.go.
  defaults: (flowSchema) => {
    flowSchema.spec ??= {};
    flowSchema.spec.priorityLevelConfiguration ??= {};
    flowSchema.spec.matchingPrecedence ||= MATCHING_PRECEDENCE;
  },
  validate,
  validateUpdate: validate,
  validateStatusUpdate: validateFlowStatus,
  columns,
  exactColumns: true,
});
