import type { KubeObject } from '../../core/object.ts';
import type { AdmissionPlugin } from '../machine.ts';
import { newestDefault } from './newest-default.ts';
import { isWriteOf } from './subject.ts';

const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';
const IS_DEFAULT_BETA = 'storageclass.beta.kubernetes.io/is-default-class';
const CLASS_BETA = 'volume.beta.kubernetes.io/storage-class';

const isDefault = ({ metadata }: KubeObject): boolean =>
  metadata.annotations?.[IS_DEFAULT] === 'true' || metadata.annotations?.[IS_DEFAULT_BETA] === 'true';

/** A claim that names no class gets the default one; `""` is a name. Models plugin/pkg/admission/storage/storageclass/setdefault. */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  admit: (attributes) => {
    const { object, txn } = attributes;
    if (!isWriteOf(attributes, '', 'persistentvolumeclaims', 'CREATE') || !object?.spec) return;
    if (object.spec.storageClassName !== undefined || object.metadata.annotations?.[CLASS_BETA] !== undefined) return;
    const found = newestDefault(txn.list('storage.k8s.io/storageclasses'), isDefault);
    if (found) object.spec.storageClassName = found.metadata.name;
  },
};
