import { defineKind } from '../../../machinery/kind.ts';
import { storageClassOf } from '../../rules/volume-binding.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateUpdate } from './validate.ts';

export const persistentVolume = defineKind({
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  shortNames: ['pv'],
  scope: 'Cluster',
  schema: 'core.v1.PersistentVolume',
  subresources: { status: true },
  defaults,
  prepareForCreate: (volume) => {
    volume.status = { phase: 'Pending' };
  },
  validate,
  validateUpdate,
  indexes: {
    claim: ({ spec }) => (spec?.claimRef ? [`${spec.claimRef.namespace}/${spec.claimRef.name}`] : []),
    unclaimed: (volume) => (volume.spec?.claimRef ? [] : [storageClassOf(volume)]),
  },
  columns,
  exactColumns: true,
});
