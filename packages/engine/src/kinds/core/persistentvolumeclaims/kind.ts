import { defineKind } from '../../../machinery/kind.ts';
import { storageClassOf } from '../../rules/volume-binding.ts';
import { columns } from './columns.ts';
import { defaults, prepareForCreate } from './defaults.ts';
import { validate, validateStatusUpdate, validateUpdate } from './validate.ts';
import { warnings } from './warnings.ts';

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
  warnings,
  indexes: {
    unbound: (claim) => (claim.spec?.volumeName ? [] : [storageClassOf(claim)]),
    clones: ({ metadata, spec }) =>
      !spec?.volumeName && spec?.dataSource?.kind === 'PersistentVolumeClaim' ? [`${metadata.namespace}/${spec.dataSource.name}`] : [],
  },
  columns,
  exactColumns: true,
});
