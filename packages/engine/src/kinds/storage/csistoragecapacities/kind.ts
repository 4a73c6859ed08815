import { defineKind } from '../../../machinery/kind.ts';
import { createdAtColumn, nameColumn } from '../../cells/standard.ts';
import { validate, validateUpdate } from './validate.ts';

export const csiStorageCapacity = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIStorageCapacity',
  plural: 'csistoragecapacities',
  scope: 'Namespaced',
  schema: 'storage.v1.CSIStorageCapacity',
  validate,
  validateUpdate,
  columns: [nameColumn, createdAtColumn],
  exactColumns: true,
});
