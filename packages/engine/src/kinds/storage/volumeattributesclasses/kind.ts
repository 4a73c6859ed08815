import { defineKind } from '../../../machinery/kind.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { validate, validateUpdate } from './validate.ts';

export const volumeAttributesClass = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttributesClass',
  plural: 'volumeattributesclasses',
  shortNames: ['vac'],
  scope: 'Cluster',
  schema: 'storage.v1.VolumeAttributesClass',
  validate,
  validateUpdate,
  // Models printVolumeAttributesClass in pkg/printers/internalversion/printers.go.
  columns: [nameColumn, text('DriverName', 'Name of the CSI driver This field is immutable.', ({ driverName }) => driverName ?? ''), ageColumn],
  exactColumns: true,
});
