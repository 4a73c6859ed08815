import { toRfc3339 } from '../../../core/instant.ts';
import { defineKind } from '../../../machinery/kind.ts';
import { storageClassOf } from '../../rules/volume-binding.ts';
import { columns } from './columns.ts';
import { defaults } from './defaults.ts';
import { validate, validateUpdate } from './validate.ts';
import { warnings } from './warnings.ts';

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
  prepareForCreate: (volume, { now }) => {
    volume.status = { phase: 'Pending', lastPhaseTransitionTime: toRfc3339(now) };
  },
  prepareForStatusUpdate: (volume, old, { now }) => {
    if (volume.status && volume.status.phase !== old.status?.phase) volume.status.lastPhaseTransitionTime = toRfc3339(now);
  },
  validate,
  validateUpdate,
  indexes: {
    claim: ({ spec }) => (spec?.claimRef ? [`${spec.claimRef.namespace}/${spec.claimRef.name}`] : []),
    unclaimed: (volume) => (volume.spec?.claimRef ? [] : [storageClassOf(volume)]),
  },
  warnings,
  columns,
  exactColumns: true,
});
