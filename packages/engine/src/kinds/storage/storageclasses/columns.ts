import type { KubeObject } from '../../../core/object.ts';
import { ageColumn, nameColumn, text } from '../../cells/standard.ts';
import { ownValue } from '../../shared/fields.ts';

const DEFAULT_ANNOTATIONS = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

/** Models IsDefaultAnnotation in pkg/apis/storage/util. */
const isDefault = ({ metadata }: KubeObject): boolean => DEFAULT_ANNOTATIONS.some((key) => ownValue(metadata.annotations, key) === 'true');

// Models printStorageClass in pkg/printers/internalversion/printers.go.
export const columns = [
  { ...nameColumn, cell: (storageClass: KubeObject) => `${storageClass.metadata.name}${isDefault(storageClass) ? ' (default)' : ''}` },
  text('Provisioner', 'provisioner indicates the type of the provisioner.', ({ provisioner }) => provisioner ?? ''),
  text(
    'ReclaimPolicy',
    'reclaimPolicy controls the reclaimPolicy for dynamically provisioned PersistentVolumes of this storage class. Defaults to Delete.',
    ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete',
  ),
  text(
    'VolumeBindingMode',
    'volumeBindingMode indicates how PersistentVolumeClaims should be provisioned and bound.  When unset, VolumeBindingImmediate is used. This field is only honored by servers that enable the VolumeScheduling feature.',
    ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate',
  ),
  text('AllowVolumeExpansion', 'allowVolumeExpansion shows whether the storage class allow volume expand.', ({ allowVolumeExpansion }) =>
    String(allowVolumeExpansion ?? false),
  ),
  ageColumn,
];
