import { objectKey } from '../../core/key.ts';
import { compareQuantities } from '../decode/quantity.ts';
import type { AdmissionPlugin } from '../machine.ts';
import { forbidden } from '../status.ts';
import { isWriteOf } from './subject.ts';

const NOT_BOUND = 'Only bound persistent volume claims can be expanded';
const NOT_ALLOWED = 'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';

/** Models plugin/pkg/admission/storage/persistentvolume/resize. */
export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  validate: (attributes) => {
    const { object, old, txn, name } = attributes;
    if (!isWriteOf(attributes, '', 'persistentvolumeclaims', 'UPDATE') || !object || !old) return;
    const [size, before] = [object.spec?.resources?.requests?.storage ?? '0', old.spec?.resources?.requests?.storage ?? '0'];
    if (compareQuantities(size, before) <= 0) return;
    if (old.status?.phase !== 'Bound') throw forbidden('', 'persistentvolumeclaims', name, NOT_BOUND);
    const storageClass = txn.get(objectKey('storage.k8s.io/storageclasses', '', object.spec.storageClassName ?? ''));
    if (storageClass?.allowVolumeExpansion !== true) throw forbidden('', 'persistentvolumeclaims', name, NOT_ALLOWED);
  },
};
