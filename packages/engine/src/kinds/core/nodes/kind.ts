import { defineKind } from '../../../machinery/kind.ts';
import { presentNode } from '../../shared/heartbeat.ts';
import { heardUntil } from '../../shared/node-fault.ts';
import type { NodeObject } from '../../shared/pod.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';
import { warnings } from './warnings.ts';

export const node = defineKind({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  scope: 'Cluster',
  schema: 'core.v1.Node',
  subresources: { status: true },
  createsWithStatus: true,
  defaults,
  validate,
  validateUpdate,
  validateStatusUpdate,
  warnings,
  present: (object, { now, view }) => presentNode(object as NodeObject, heardUntil(view, object.metadata.name as string, now)),
  fieldSelectors: {
    'spec.unschedulable': (object) => String(object.spec?.unschedulable ?? false),
  },
  columns,
  exactColumns: true,
});
