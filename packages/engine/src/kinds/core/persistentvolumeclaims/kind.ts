import { defineKind } from '../../../machinery/kind.ts';
import { columns } from './columns.ts';
import { defaults, prepareForCreate } from './defaults.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';

export const persistentVolumeClaim = defineKind({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  shortNames: ['pvc'],
  scope: 'Namespaced',
  schema: 'core.v1.PersistentVolumeClaim',
  subresources: { status: true },
  defaults,
  prepareForCreate,
  validate,
  validateUpdate,
  validateStatusUpdate,
  columns,
  exactColumns: true,
});
