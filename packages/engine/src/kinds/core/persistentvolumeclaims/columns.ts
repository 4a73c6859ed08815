import type { KubeObject } from '../../../core/object.ts';
import { accessModesText } from '../../cells/access-modes.ts';
import { ageColumn, nameColumn, text, wide } from '../../cells/standard.ts';
import { ownValue } from '../../shared/fields.ts';

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** A claim without a volume has neither capacity nor modes. */
const whenBound =
  (cell: (claim: KubeObject) => string) =>
  (claim: KubeObject): string =>
    claim.spec?.volumeName ? cell(claim) : '';

// Models printPersistentVolumeClaim in pkg/printers/internalversion/printers.go.
export const columns = [
  nameColumn,
  text('Status', 'phase represents the current phase of PersistentVolumeClaim.', ({ metadata, status }) =>
    metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
  ),
  text('Volume', 'volumeName is the binding reference to the PersistentVolume backing this claim.', ({ spec }) => spec?.volumeName ?? ''),
  text(
    'Capacity',
    'capacity represents the actual resources of the underlying volume.',
    whenBound(({ status }) => status?.capacity?.storage ?? '0'),
  ),
  text(
    'Access Modes',
    'accessModes contains the actual access modes the volume backing the PVC has. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#access-modes-1',
    whenBound(({ status }) => accessModesText(status?.accessModes)),
  ),
  text(
    'StorageClass',
    'StorageClass of the pvc',
    ({ metadata, spec }) => ownValue(metadata.annotations, CLASS_ANNOTATION) ?? spec?.storageClassName ?? '',
  ),
  text('VolumeAttributesClass', 'VolumeAttributesClass of the pvc', ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>'),
  ageColumn,
  wide(
    text(
      'VolumeMode',
      'volumeMode defines what type of volume is required by the claim. Value of Filesystem is implied when not included in claim spec.',
      ({ spec }) => spec?.volumeMode ?? '<unset>',
    ),
  ),
];
