import { defineKind } from '../../../machinery/kind.ts';
import { nameIsDnsLabel } from '../../shared/names.ts';
import { columns } from './columns.ts';
import { defaults, prepareForCreate, prepareForUpdate } from './defaults.ts';
import { validate, validateFinalizeUpdate, validateStatusUpdate, validateUpdate } from './validate.ts';

export const namespace = defineKind({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  scope: 'Cluster',
  schema: 'core.v1.Namespace',
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  subresources: { status: true },
  nameRule: nameIsDnsLabel,
  defaults,
  prepareForCreate,
  prepareForUpdate,
  validate,
  validateUpdate,
  validateStatusUpdate,
  // A namespace goes when its last finalizer does: the namespace controller takes `kubernetes` off once it is empty.
  holdsDeletion: (object) => (object.spec?.finalizers ?? []).length > 0,
  prepareForDelete: (object) => ({
    ...object,
    status: { ...object.status, phase: 'Terminating' },
  }),
  updates: {
    finalize: {
      prepare: (object, old) => {
        object.status = old.status;
      },
      validate: validateFinalizeUpdate,
    },
  },
  fieldSelectors: { 'status.phase': (object) => object.status?.phase ?? '' },
  columns,
  exactColumns: true,
});
