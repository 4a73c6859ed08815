import { defineKind } from '../../../machinery/kind.ts';
import { nameColumn, text } from '../../cells/standard.ts';
import { validate, validateUpdate } from './validate.ts';

export const csiStorageCapacity = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIStorageCapacity',
  plural: 'csistoragecapacities',
  scope: 'Namespaced',
  schema: 'storage.v1.CSIStorageCapacity',
  updatesNameRevision: true,
  validate,
  validateUpdate,
  // Models printCSIStorageCapacity in pkg/printers/internalversion/printers.go.
  columns: [
    nameColumn,
    text(
      'StorageClassName',
      'storageClassName represents the name of the StorageClass that the reported capacity applies to. It must meet the same requirements as the name of a StorageClass object (non-empty, DNS subdomain). If that object no longer exists, the CSIStorageCapacity object is obsolete and should be removed by its creator. This field is immutable.',
      ({ storageClassName }) => storageClassName ?? '',
    ),
    text(
      'Capacity',
      'capacity is the value reported by the CSI driver in its GetCapacityResponse for a GetCapacityRequest with topology and parameters that match the previous fields.',
      ({ capacity }) => capacity ?? '<unset>',
    ),
  ],
  exactColumns: true,
});
