import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, integer, nameColumn } from '../../cells/standard.ts';
import { validate, validateUpdate } from './validate.ts';

export const csiNode = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSINode',
  plural: 'csinodes',
  scope: 'Cluster',
  schema: 'storage.v1.CSINode',
  updatesNameRevision: true,
  defaults: (node) => {
    node.spec ??= {};
    node.spec.drivers ??= [];
  },
  validate,
  validateUpdate,
  // Models printCSINode in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    integer('Drivers', 'Drivers indicates the number of CSI drivers registered on the node', ({ spec }) => spec?.drivers?.length ?? 0),
    ageColumn,
  ],
  exactColumns: true,
});
